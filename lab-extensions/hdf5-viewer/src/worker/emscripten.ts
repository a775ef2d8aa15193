/** The part of Emscripten's file system that a file system of ours needs; h5wasm types less. */
export interface FsNode {
  id: number;
  name: string;
  mode: number;
  parent: FsNode;
  node_ops: NodeOps;
  stream_ops: StreamOps;
}

export interface FsStream {
  node: FsNode;
  path?: string;
  position: number;
}

export interface NodeOps {
  getattr(node: FsNode): FsStat;
  setattr(node: FsNode): void;
  lookup(parent: FsNode, name: string): FsNode;
  readdir(node: FsNode): string[];
}

export interface StreamOps {
  open(stream: FsStream): void;
  close(stream: FsStream): void;
  read(
    stream: FsStream,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  llseek(stream: FsStream, offset: number, whence: number): number;
}

export interface FsStat {
  dev: number;
  ino: number;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  rdev: number;
  size: number;
  atime: Date;
  mtime: Date;
  ctime: Date;
  blksize: number;
  blocks: number;
}

export interface EmscriptenFs {
  ErrnoError: new (errno: number) => Error;
  createNode(
    parent: FsNode | null,
    name: string,
    mode: number,
    device: number,
  ): FsNode;
  /** By descriptor; a gap where one was closed. */
  streams: (FsStream | null | undefined)[];
  close(stream: FsStream): void;
  mkdirTree(path: string): void;
  mount(
    type: { mount: () => FsNode },
    options: object,
    mountpoint: string,
  ): void;
  unmount(mountpoint: string): void;
  writeFile(path: string, data: Uint8Array): void;
}

/** Error numbers of WASI, which Emscripten uses. */
export const ERRNO = { EACCES: 2, EINVAL: 28, EIO: 29, ENOENT: 44 };

export const MODE = { folder: 0o040555, file: 0o100444 };
