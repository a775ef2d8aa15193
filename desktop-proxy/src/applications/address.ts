/** What the page's address says of a program to open. */
export interface AddressWish {
  program: string;
  /** Path of Jupyter's contents API, or null. */
  path: string | null;
  /** The address without the wish. */
  rest: string;
}

const KEY = 'beamtime-desktop';

/** Matches addresses that name a program. */
export const PATTERN = /[?&]beamtime-desktop=/;

/**
 * Reads `/lab?beamtime-desktop=PROGRAM` and `/lab/tree/PATH?beamtime-desktop=PROGRAM`.
 *
 * @param path - What is before the `?`, from JupyterLab's own root on.
 * @param search - From the `?` on.
 * @returns null if it names no program
 */
export function readAddress(
  path: string,
  search = '',
  hash = '',
): AddressWish | null {
  const query = new URLSearchParams(search);
  const program = query.get(KEY);
  if (!program || !/^[a-z0-9][a-z0-9-]*$/.test(program)) {
    return null;
  }
  query.delete(KEY);
  const left = query.toString();
  const tree = /\/tree\/(.+)$/.exec(path)?.[1];
  return {
    program,
    path: tree ? decodeURIComponent(tree) : null,
    rest: path + (left ? `?${left}` : '') + hash,
  };
}
