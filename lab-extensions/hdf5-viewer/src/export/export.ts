import type { Dataset } from '@h5web/app';

import type { Numbers } from '../beside/typed-array.js';
import { dtypeOf, toNpy } from './npy.js';
import { toTiff } from './tiff.js';

/** Lengths of the axes that a selection reads. */
export function selectedShape(
  dataset: Pick<Dataset, 'shape'>,
  selection: string | undefined,
): number[] {
  const dims = 'dims' in dataset.shape ? dataset.shape.dims : [];
  const parts = selection?.split(',');
  return dims.filter((_, axis) => (parts?.[axis] ?? ':') === ':');
}

export const isNumbers = (value: unknown): value is Numbers =>
  dtypeOf(value) !== undefined;

/**
 * A file of values.
 *
 * @throws {TypeError} if they are no numbers, or no picture for TIFF.
 */
export function exportAs(
  format: 'npy' | 'tiff',
  value: unknown,
  shape: readonly number[],
): Blob {
  if (!isNumbers(value)) {
    throw new TypeError('Only numbers can be exported.');
  }
  const [rows, columns] = shape;
  if (format === 'npy') {
    return toNpy(value, shape);
  }
  if (rows === undefined || columns === undefined || shape.length !== 2) {
    throw new TypeError('Only a picture can be exported as TIFF.');
  }
  return toTiff(value, [rows, columns]);
}
