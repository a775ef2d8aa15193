import { describeEntity, pathsBelow, readAttributes } from './entities.js';
import { FileFailure } from './failure.js';
import { loadFiltersOf, preparePlugins } from './filters.js';
import { failureOf } from './hdf5-error.js';
import { bootHdf5, emscriptenFs, guarded, hdf5 } from './hdf5.js';
import { Links } from './links.js';
import { openHdf5 } from './open.js';
import type { FileLocation, OpenedFile, Operations } from './protocol.js';
import { RemoteFile } from './remote-file.js';
import { RemoteFs } from './remote-fs.js';
import type { RangeTransport } from './transport.js';
import { readValue } from './values.js';

/** Where the server's root folder is mounted if its own path cannot be used. */
const DEFAULT_ROOT = '/server';

interface Open {
  id: bigint;
  remote: RemoteFs;
  mountpoint: string;
  links: Links;
  /** Datasets whose filters are loaded. */
  prepared: Set<string>;
}

/** The HDF5 file that this worker has open. */
export class Hdf5Session {
  private current: Open | null = null;

  constructor(
    private readonly transportFor: (
      headers: Readonly<Record<string, string>>,
    ) => RangeTransport,
  ) {}

  /** Opens a file; the one that was open is closed and everything read of it forgotten. */
  async open(location: FileLocation): Promise<OpenedFile> {
    const transport = this.transportFor(location.headers);
    const { file, source } = firstThatHas(location, transport);
    await bootHdf5();
    preparePlugins();
    this.close();
    const fs = emscriptenFs();
    const remote = new RemoteFs(fs, (path) =>
      RemoteFile.open(urlOf(source, path), path, transport),
    );
    remote.add(location.path, file);
    const mountpoint = mountpointFor(location.root);
    fs.mkdirTree(mountpoint);
    fs.mount(remote, {}, mountpoint);
    const path = `${mountpoint}/${location.path}`;
    try {
      const id = openHdf5(path, file, remote);
      const folder = path.slice(0, path.lastIndexOf('/'));
      const links = new Links({ file: id, folder });
      this.current = { id, remote, mountpoint, links, prepared: new Set() };
    } catch (error) {
      fs.unmount(mountpoint);
      throw error;
    }
    return { size: file.size, source };
  }

  entity({ path }: Operations['entity']['args']) {
    return this.read((file) => describeEntity(file.links.resolve(path), path));
  }

  attributes({ path, names }: Operations['attributes']['args']) {
    return this.read((file) => readAttributes(file.links.resolve(path), names));
  }

  paths({ path }: Operations['paths']['args']) {
    return this.read((file) => pathsBelow(file.links.resolve(path), path));
  }

  async value({ path, selection }: Operations['value']['args']) {
    const file = this.opened();
    const target = this.read(() => file.links.resolve(path));
    if (!file.prepared.has(path)) {
      await loadFiltersOf(target);
      file.prepared.add(path);
    }
    return this.read(() => readValue(target, selection), true);
  }

  /**
   * Runs a read, and prefers what the server said to what HDF5 made of it.
   *
   * @param strict - Fails if a file beside this one is refused. For values: HDF5 shows fill
   *   values for a part that it cannot open. In a listing such a link is just unresolved.
   */
  private read<T>(run: (file: Open) => T, strict = false): T {
    const file = this.opened();
    file.remote.takeProblem();
    let result: T;
    try {
      result = guarded(() => run(file));
    } catch (error) {
      throw new FileFailure(file.remote.takeProblem() ?? failureOf(error));
    }
    const problem = file.remote.takeProblem();
    if (problem !== null && (strict || problem.kind !== 'forbidden')) {
      throw new FileFailure(problem);
    }
    return result;
  }

  private opened(): Open {
    if (this.current === null) {
      throw new FileFailure({ kind: 'unreadable', detail: 'No file is open.' });
    }
    return this.current;
  }

  private close(): void {
    if (this.current !== null) {
      this.current.links.close();
      hdf5().close_file(this.current.id);
      emscriptenFs().unmount(this.current.mountpoint);
      this.current = null;
    }
  }
}

const urlOf = (source: string, path: string): string =>
  source + path.split('/').map(encodeURIComponent).join('/');

/** Folders that Emscripten needs itself. */
const RESERVED = ['', '/tmp', '/dev', '/proc', '/plugins'];

/** Links that are absolute on the server work if its root is mounted at its own path. */
function mountpointFor(root: string | null): string {
  const path = root?.replace(/\/+$/, '') ?? '';
  return RESERVED.includes(path) ? DEFAULT_ROOT : path;
}

/** The file from the first source that has it. */
function firstThatHas(
  { path, sources }: FileLocation,
  transport: RangeTransport,
): { file: RemoteFile; source: string } {
  let failure: unknown = new RangeError('No source of files is given.');
  for (const source of sources) {
    try {
      const file = RemoteFile.open(urlOf(source, path), path, transport);
      return { file, source };
    } catch (error) {
      failure = error;
      // Only a server without our extension, or a file that is not there, goes on.
      if (!(error instanceof FileFailure) || error.failure.kind !== 'missing') {
        break;
      }
    }
  }
  throw failure;
}
