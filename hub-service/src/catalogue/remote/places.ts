import { posix } from 'node:path';

export interface PlaceOptions {
  dataPath?: string | undefined;
  portal?: string | undefined;
  locationBase?: string | undefined;
  locations: readonly { from: string; to: string }[];
  /** A path outside these folders is not given. */
  dataRoots: readonly string[];
}

/** What a template may name. */
export interface Known {
  id: string;
  proposal: string;
  visit?: string | undefined;
  instrument: string;
  cycle?: string | undefined;
  doi?: string | undefined;
  /** The start as the catalogue writes it, in its own clock. */
  start?: string | undefined;
}

/** Where data lies here, by what the catalogue says of it. */
export class Places {
  constructor(private readonly options: PlaceOptions) {}

  /** The experiment's folder; `undefined` where the site names none, or it cannot be made up. */
  dataPath(known: Known): string | undefined {
    const filled = fill(this.options.dataPath, known, (value) =>
      /^\.*$|[/\0]/.test(value) ? undefined : value,
    );
    return filled === undefined ? undefined : this.allowed(filled);
  }

  portal(known: Known): string | undefined {
    return fill(this.options.portal, known, encodeURIComponent);
  }

  /**
   * The absolute path of a location, which may be relative or of another system.
   *
   * @param folder - what it is below if the site says nothing else.
   * @returns `undefined` if it is none, or does not lie where data may lie.
   */
  path(
    location: string | undefined | null,
    folder?: string,
  ): string | undefined {
    if (location === undefined || location === null || location === '') {
      return undefined;
    }
    const { locations, locationBase } = this.options;
    const mapped = locations.find(({ from }) => location.startsWith(from));
    const here = mapped
      ? mapped.to + location.slice(mapped.from.length).replaceAll('\\', '/')
      : location.replace(/^file:(\/\/[^/]*)?(?=\/)/, '');
    if (/^[a-z][a-z0-9+.-]*:|^\\|\0/i.test(here)) {
      return undefined; // An address, or a path of Windows.
    }
    if (here.startsWith('/')) {
      return this.allowed(here);
    }
    const base = locationBase ?? folder;
    return base === undefined ? undefined : this.allowed(`${base}/${here}`);
  }

  private allowed(path: string): string | undefined {
    const normal = posix.normalize(path).replace(/(?<=.)\/+$/, '');
    return this.options.dataRoots.some((root) => relative(normal, root))
      ? normal
      : undefined;
  }
}

/** What is below a folder, `raw/scan.h5`; `undefined` if it does not lie there. */
export function relative(path: string, folder: string): string | undefined {
  const start = `${folder.replace(/\/+$/, '')}/`;
  return path.startsWith(start) && path.length > start.length
    ? path.slice(start.length)
    : undefined;
}

/** Puts what is known into a template; `undefined` if something it names is not known. */
function fill(
  template: string | undefined,
  known: Known,
  encode: (value: string) => string | undefined,
): string | undefined {
  let isWhole = template !== undefined;
  const { start = '' } = known;
  const values: Record<string, string | undefined> = {
    ...known,
    year: start.slice(0, 4),
    date: start.slice(0, 10).replaceAll('-', ''),
  };
  const filled = template?.replace(
    /\{(\w+)(?::(lower|upper))?\}/g,
    (_, name: string, letters?: string) => {
      const value = values[name] ?? '';
      const cased =
        letters === 'lower'
          ? value.toLowerCase()
          : letters === 'upper'
            ? value.toUpperCase()
            : value;
      const encoded = cased === '' ? undefined : encode(cased);
      isWhole &&= encoded !== undefined;
      return encoded ?? '';
    },
  );
  return isWhole ? filled : undefined;
}
