import { guarded, hdf5 } from './hdf5.js';
import type { LinkDescription } from './protocol.js';

/** Longest chain of links; HDF5 itself follows 16. */
const MAX_LINKS = 16;

/** Where something really stands. */
export interface Target {
  /** HDF5's id of the file. */
  file: bigint;
  /** Folder of that file, against which it names others. */
  folder: string;
  /** Path in that file. */
  path: string;
}

/** The path of `name` in the group at `path`. */
export const childPath = (path: string, name: string): string =>
  path === '/' ? `/${name}` : `${path}/${name}`;

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** The soft or external link at `path`; null if there is something itself. */
export function linkAt(file: bigint, path: string): LinkDescription | null {
  try {
    return guarded(() => readLink(file, path));
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
    return null;
  }
}

function readLink(file: bigint, path: string): LinkDescription | null {
  // h5wasm's types promise an answer even where the link is of another kind.
  const soft = hdf5().get_symbolic_link(file, path) as string | null;
  if (soft !== null) {
    return { class: 'Soft', path: soft };
  }
  const external: { filename?: string; obj_path?: string } =
    hdf5().get_external_link(file, path);
  return external.filename === undefined
    ? null
    : {
        class: 'External',
        file: external.filename,
        path: external.obj_path ?? '/',
      };
}

/**
 * Follows links to other files with files that stay open. HDF5 opens and closes such a file
 * for each access, which is slow, and in version 2.0.0 reads strings out of the wrong file.
 */
export class Links {
  private readonly files = new Map<string, bigint | null>();

  constructor(private readonly root: Omit<Target, 'path'>) {}

  /** Where `path` leads to; as far as it can be followed. */
  resolve(path: string): Target {
    return this.follow({ ...this.root, path }, 0);
  }

  close(): void {
    for (const file of this.files.values()) {
      if (file !== null) {
        hdf5().close_file(file);
      }
    }
    this.files.clear();
  }

  private follow(start: Target, followed: number): Target {
    const names = start.path.split('/').filter((name) => name !== '');
    let path = '/';
    for (const [index, name] of names.entries()) {
      const next = childPath(path, name);
      const link = followed < MAX_LINKS ? linkAt(start.file, next) : null;
      const target = link && this.targetOf({ ...start, path }, link);
      if (target !== null) {
        const rest = names.slice(index + 1).reduce(childPath, target.path);
        return this.follow({ ...target, path: rest }, followed + 1);
      }
      path = next;
    }
    return { ...start, path };
  }

  /** @param group - The group in which the link stands. */
  private targetOf(group: Target, link: LinkDescription): Target | null {
    if (link.file === undefined) {
      const isAbsolute = link.path.startsWith('/');
      const path = isAbsolute ? link.path : childPath(group.path, link.path);
      return { ...group, path };
    }
    const name = link.file.startsWith('/')
      ? link.file
      : `${group.folder}/${link.file}`;
    const file = this.open(name);
    return file === null
      ? null
      : { file, folder: folderOf(name), path: link.path };
  }

  private open(name: string): bigint | null {
    let file = this.files.get(name);
    if (file === undefined) {
      file = openNeighbour(name);
      this.files.set(name, file);
    }
    return file;
  }
}

function openNeighbour(name: string): bigint | null {
  try {
    return guarded(() =>
      hdf5().open(name, hdf5().H5F_ACC_RDONLY, false, -1, -1),
    );
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
    return null; // HDF5 looks at other places too: let it try, and say what it finds.
  }
}
