import { describeEntity, pathsBelow, readAttributes } from './entities.js';
import { FileFailure } from './failure.js';
import { compressionOf, loadFilters, preparePlugins } from './filters.js';
import { failureOf } from './hdf5-error.js';
import { bootHdf5, emscriptenFs, guarded, hdf5 } from './hdf5.js';
import { Links } from './links.js';
import { openGrowing, openHdf5 } from './open.js';
import type { FileLocation, OpenedFile, Operations } from './protocol.js';
import { RemoteFile } from './remote-file.js';
import { RemoteFs } from './remote-fs.js';
import type { RangeTransport } from './transport.js';
import { readValue } from './values.js';

/** Where the server's root folder is mounted if its own path cannot be used. */
const DEFAULT_ROOT = '/server';

interface Open {
  id: bigint;
  /** Whether it is open as one that is being written. */
  growing: boolean;
  /** In Emscripten's file system. */
  path: string;
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
      const { id, growing } = openHdf5(path, file, remote);
      const links = linksOf(id, path);
      const prepared = new Set<string>();
      this.current = { id, growing, path, remote, mountpoint, links, prepared };
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

  neighbours({ most }: Operations['neighbours']['args']): string[] {
    return this.opened().remote.asked.slice(1).slice(-most);
  }

  missing({ path }: Operations['missing']['args']): string[] {
    const { remote } = this.opened();
    const sources = this.read(({ links }) => {
      const target = links.resolve(path);
      return hdf5().get_dataset_metadata(target.file, target.path)
        .virtual_sources;
    });
    const names = new Set((sources ?? []).map((source) => source.file_name));
    return [...names].filter((name) => remote.isMissing(name));
  }

  async value({ path, selection }: Operations['value']['args']) {
    const { prepared, remote } = this.opened();
    remote.beginAnew();
    if (!prepared.has(path)) {
      await loadFilters(
        this.read(({ links }) => compressionOf(links.resolve(path))),
      );
      prepared.add(path);
    }
    return this.read(
      ({ links }) => readValue(links.resolve(path), selection),
      true,
    );
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
      const failure = file.remote.takeProblem() ?? failureOf(error);
      if (failure.kind === 'being-written' && reopenGrowing(file)) {
        return this.read(run, strict);
      }
      throw new FileFailure(failure);
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

/**
 * HDF5 opens what a file names as it has opened the file itself: a part of a virtual dataset
 * that is being written can be read only through a master that is open in that mode too.
 *
 * @returns Whether it is now, and was not before.
 */
function reopenGrowing(file: Open): boolean {
  if (file.growing) {
    return false;
  }
  file.links.close();
  hdf5().close_file(file.id);
  // Whatever failed may have left something open. HDF5 tells files by their inodes: in a new
  // mount it is another one.
  emscriptenFs().unmount(file.mountpoint);
  emscriptenFs().mount(file.remote, {}, file.mountpoint);
  const again = openGrowing(file.path, file.remote);
  file.growing = typeof again === 'bigint';
  file.id =
    typeof again === 'bigint'
      ? again
      : hdf5().open(file.path, hdf5().H5F_ACC_RDONLY, false, -1, -1);
  file.links = linksOf(file.id, file.path);
  return file.growing;
}

const linksOf = (id: bigint, path: string): Links =>
  new Links({ file: id, folder: path.slice(0, path.lastIndexOf('/')) });

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
