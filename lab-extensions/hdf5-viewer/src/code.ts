import { PathExt } from '@jupyterlab/coreutils';

/** What a viewer shows of its file. */
export interface Shown {
  /** Path in the file. */
  path: string;
  /** An index or `:` for each axis, with commas; absent for everything. */
  selection?: string | undefined;
}

/** A string of Python; JSON's escapes mean the same there. */
const quoted = (text: string): string => JSON.stringify(text);

/**
 * Python that reads what is shown with h5py.
 *
 * @param file - Path of the file, below the server's root.
 * @param notebook - Path of the notebook, in whose folder its kernel runs.
 */
export function codeFor(
  { path, selection }: Shown,
  file: string,
  notebook: string,
): string {
  const relative = PathExt.relative(PathExt.dirname(notebook), file);
  const index = selection?.split(',').join(', ') ?? '()';
  return [
    'import h5py',
    '',
    // A writer may have it open.
    `with h5py.File(${quoted(relative)}, "r", locking=False) as file:`,
    `    data = file[${quoted(path)}][${index}]`,
  ].join('\n');
}
