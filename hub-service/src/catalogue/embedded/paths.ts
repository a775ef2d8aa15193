import { posix } from 'node:path';

/** Whether a path lies in one of the folders by its name; links are the session's to check. */
export function isBelow(path: string, roots: readonly string[]): boolean {
  return (
    posix.normalize(path) === path &&
    roots.some((root) => path.startsWith(`${root.replace(/\/+$/, '')}/`))
  );
}
