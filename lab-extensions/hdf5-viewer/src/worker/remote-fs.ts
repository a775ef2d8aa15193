import type {
  EmscriptenFs,
  FsNode,
  FsStat,
  NodeOps,
  StreamOps,
} from './emscripten.js';
import { ERRNO, MODE } from './emscripten.js';
import { FileFailure } from './failure.js';
import type { Failure } from './protocol.js';
import type { RemoteFile } from './remote-file.js';

const BLOCK = 65_536;
const LONG_AGO = new Date(0);
const HDF5_NAME = /\.(h5|hdf5?|nxs?|nexus|cxi|nc4?)$/i;

/**
 * The server's files as a read-only file system of Emscripten, so that HDF5 finds the
 * files that virtual datasets and external links name beside the one that is open.
 * There is no listing: a name is looked up when HDF5 asks for it.
 */
export class RemoteFs {
  /** Path below the root → file; null where the server has none. */
  private readonly files = new Map<string, RemoteFile | null>();
  private readonly folders = new Set<string>(['']);
  private readonly fileOf = new WeakMap<FsNode, RemoteFile>();
  private readonly pathOf = new WeakMap<FsNode, string>();
  private problem: Failure | null = null;

  /** @param openRemote - Opens the file at a path below the root; throws FileFailure. */
  constructor(
    private readonly fs: EmscriptenFs,
    private readonly openRemote: (path: string) => RemoteFile,
  ) {}

  /** Makes a file known that is open already, and the folders that it is in. */
  add(path: string, file: RemoteFile): void {
    this.files.set(path, file);
    const names = path.split('/');
    while (names.pop() !== undefined) {
      this.folders.add(names.join('/'));
    }
  }

  /** Paths below the root of the files that were asked for, there or not, the first one first. */
  get asked(): string[] {
    return [...this.files.keys()].filter(
      (path) => this.files.get(path) !== null || HDF5_NAME.test(path),
    );
  }

  /**
   * Whether a file was looked for and is nowhere. HDF5 looks in several folders, and for
   * the bare name in the end.
   *
   * @param name - As another file has it: relative to that or absolute.
   */
  isMissing(name: string): boolean {
    const parts = name.split('/').filter((part) => !/^\.{0,2}$/.test(part));
    const named = this.lookedFor(parts.join('/'));
    const found = named.length > 0 ? named : this.lookedFor(parts.at(-1) ?? '');
    return found.length > 0 && found.every((file) => file === null);
  }

  private lookedFor(end: string): (RemoteFile | null)[] {
    return [...this.files].flatMap(([path, file]) =>
      path === end || path.endsWith(`/${end}`) ? [file] : [],
    );
  }

  /**
   * What went wrong at the server since the last call. HDF5 only knows that a read
   * failed, or takes a file that it cannot open for one that does not exist.
   */
  takeProblem(): Failure | null {
    const problem = this.problem;
    this.problem = null;
    return problem;
  }

  /** What is read next does not go on with what was read last. */
  beginAnew(): void {
    this.files.forEach((file) => file?.beginAnew());
  }

  /** For FS.mount(). */
  mount(): FsNode {
    return this.createNode(null, '/', '', null);
  }

  private createNode(
    parent: FsNode | null,
    name: string,
    path: string,
    file: RemoteFile | null,
  ): FsNode {
    const mode = file === null ? MODE.folder : MODE.file;
    const node = this.fs.createNode(parent, name, mode, 0);
    node.node_ops = this.nodeOps;
    node.stream_ops = this.streamOps;
    this.pathOf.set(node, path);
    if (file !== null) {
      this.fileOf.set(node, file);
    }
    return node;
  }

  private lookup(parent: FsNode, name: string): FsNode {
    const folder = this.pathOf.get(parent) ?? '';
    const path = folder === '' ? name : `${folder}/${name}`;
    // A name without a dot is taken for a folder: no request for each part of a path.
    if (this.folders.has(path) || !name.includes('.')) {
      return this.createNode(parent, name, path, null);
    }
    const file = this.find(path);
    if (file !== null) {
      return this.createNode(parent, name, path, file);
    }
    if (!HDF5_NAME.test(name)) {
      this.folders.add(path); // `run.01/`: not a file, so perhaps a folder.
      return this.createNode(parent, name, path, null);
    }
    throw new this.fs.ErrnoError(ERRNO.ENOENT);
  }

  private find(path: string): RemoteFile | null {
    let file = this.files.get(path);
    if (file === undefined) {
      try {
        file = this.openRemote(path);
      } catch (error) {
        if (!(error instanceof FileFailure)) {
          throw error;
        }
        if (error.failure.kind === 'unreachable') {
          this.problem = error.failure;
          throw new this.fs.ErrnoError(ERRNO.EIO);
        }
        if (error.failure.kind !== 'missing' && HDF5_NAME.test(path)) {
          this.problem = error.failure;
        }
        file = null;
      }
      this.files.set(path, file);
    }
    return file;
  }

  private stat(node: FsNode): FsStat {
    const size = this.fileOf.get(node)?.size ?? 0;
    return {
      dev: 1,
      ino: node.id,
      mode: node.mode,
      nlink: 1,
      uid: 0,
      gid: 0,
      rdev: 0,
      size,
      atime: LONG_AGO,
      mtime: LONG_AGO,
      ctime: LONG_AGO,
      blksize: BLOCK,
      blocks: Math.ceil(size / 512),
    };
  }

  private readonly nodeOps: NodeOps = {
    getattr: (node) => this.stat(node),
    setattr: () => undefined,
    lookup: (parent, name) => this.lookup(parent, name),
    readdir: () => ['.', '..'],
  };

  private readonly streamOps: StreamOps = {
    open: () => undefined,
    close: () => undefined,
    read: (stream, buffer, offset, length, position) => {
      const file = this.fileOf.get(stream.node);
      try {
        return file?.read(position, length, buffer, offset) ?? 0;
      } catch (error) {
        if (!(error instanceof FileFailure)) {
          throw error;
        }
        this.problem = error.failure;
        throw new this.fs.ErrnoError(ERRNO.EIO);
      }
    },
    llseek: (stream, offset, whence) => {
      const size = this.fileOf.get(stream.node)?.size ?? 0;
      // 0: from the beginning, 1: from here, 2: from the end.
      const from = whence === 1 ? stream.position : whence === 2 ? size : 0;
      if (from + offset < 0) {
        throw new this.fs.ErrnoError(ERRNO.EINVAL);
      }
      return from + offset;
    },
  };
}
