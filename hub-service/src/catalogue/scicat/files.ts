import { posix } from 'node:path';
import { type DataFile, fileKind } from '@beamtime/contract';
import { type Places, relative } from '../remote/places.js';
import type { File } from './records.js';

/**
 * Where a file of a dataset lies: SciCat's path is below the dataset's folder, but may be absolute
 * and may try to leave it.
 *
 * @returns the path below the folder; `null` if it does not lie there.
 */
export function below(folder: string, path: string): string | null {
  if (!folder.startsWith('/') || path.includes('\0')) {
    return null;
  }
  const base = posix.normalize(folder);
  const whole = posix.normalize(
    path.startsWith('/') ? path : posix.join(base, path),
  );
  return whole.endsWith('/') ? null : (relative(whole, base) ?? null);
}

/**
 * @param folder - the dataset's, as SciCat has it.
 * @param dataPath - the experiment's here.
 * @returns `null` for a file that does not lie in its dataset's folder.
 */
export function toFile(
  { path, size, time }: File,
  folder: string,
  dataPath: string | undefined,
  places: Places,
): DataFile | null {
  const name = below(folder, path);
  if (name === null) {
    return null;
  }
  const here = places.path(posix.join(folder, name));
  const relPath =
    here === undefined || dataPath === undefined
      ? undefined
      : relative(here, dataPath);
  const modified = Date.parse(time ?? '');
  return {
    name,
    kind: fileKind(name),
    ...(relPath !== undefined && { relPath }),
    ...(here !== undefined && { path: here }),
    ...(typeof size === 'number' && { bytes: size }),
    ...(!Number.isNaN(modified) && {
      modified: new Date(modified).toISOString(),
    }),
  };
}
