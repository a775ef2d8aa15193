/** What the session shows first. */
export type Opening =
  | { kind: 'start' }
  | { kind: 'desktop' }
  /** A program with a window, by the name that the session knows it by. */
  | { kind: 'program'; program: string }
  /** A file or folder, its path below the session's folder. */
  | { kind: 'path'; path: string }
  /** As a link had it. */
  | { kind: 'url'; url: string };

/** The desktop's name among the programs with a window. */
const DESKTOP = 'desktop';
const PROGRAM = '/lab?beamtime-desktop=';
const TREE = /^\/(?:lab\/)?tree\/(.+)$/;

/** The path below the server; `undefined` for what the site opens by itself. */
export function openingUrl(
  opening: Opening,
  classic: boolean,
): string | undefined {
  switch (opening.kind) {
    case 'start':
      return undefined;
    case 'desktop':
      return PROGRAM + DESKTOP;
    case 'program':
      return PROGRAM + encode(opening.program.trim());
    case 'path':
      return (classic ? '/tree/' : '/lab/tree/') + encodePath(opening.path);
    case 'url':
      return opening.url;
  }
}

/** The inverse of {@link openingUrl}. */
export function readOpening(url: string | undefined): Opening {
  if (url === undefined) {
    return { kind: 'start' };
  }
  try {
    if (url.startsWith(PROGRAM)) {
      const program = decodeURIComponent(url.slice(PROGRAM.length));
      return program === DESKTOP
        ? { kind: 'desktop' }
        : { kind: 'program', program };
    }
    const [, path] = TREE.exec(url) ?? [];
    if (path !== undefined && !/[?#]/.test(path)) {
      return { kind: 'path', path: decodeURIComponent(path) };
    }
  } catch {
    // Not percent-encoded as it should be: shown as it is.
  }
  return { kind: 'url', url };
}

/** Relative to the session's folder, whether it was typed with `~/`, `/` or neither. */
function encodePath(path: string): string {
  return path
    .trim()
    .replace(/^~?\/+/, '')
    .split('/')
    .map(encode)
    .join('/');
}

/** The rules know no apostrophe in a path. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/'/g, '%27');
}
