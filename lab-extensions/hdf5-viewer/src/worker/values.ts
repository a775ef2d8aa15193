import { Dataset } from 'h5wasm';

import { FileFailure } from './failure.js';
import { hdf5 } from './hdf5.js';
import { MAX_BYTES } from './limits.js';
import type { Target } from './links.js';

/** First index and the one behind the last, for each axis. */
export type Ranges = [number, number][];

/** Reads `3,:,:` (an index or `:` for each axis) for an array of this shape. */
export function parseSelection(
  selection: string,
  dims: readonly number[],
): Ranges {
  const parts = selection.split(',');
  if (parts.length !== dims.length) {
    throw new RangeError(`${selection} does not fit ${dims.length} axes.`);
  }
  return dims.map((dim, axis) => {
    const part = parts[axis] ?? ':';
    const index = Number(part);
    return part === ':' ? [0, dim] : [index, index + 1];
  });
}

/**
 * Values of a dataset: a typed array for numbers, else arrays of what JavaScript has for it.
 *
 * @throws {FileFailure} if they are more than `MAX_BYTES`.
 */
export function readValue(
  { file, path }: Target,
  selection: string | null,
): unknown {
  const { shape, size } = hdf5().get_dataset_metadata(file, path);
  if (shape === null) {
    return null;
  }
  const ranges = selection === null ? null : parseSelection(selection, shape);
  const count = (ranges ?? shape.map((dim): [number, number] => [0, dim]))
    .map(([first, end]) => end - first)
    .reduce((product, length) => product * length, 1);
  if (count * size > MAX_BYTES) {
    throw new FileFailure({
      kind: 'too-large',
      bytes: count * size,
      limit: MAX_BYTES,
    });
  }
  const dataset = new Dataset(file, path);
  const value: unknown =
    ranges === null ? dataset.value : dataset.slice(ranges);
  // One element of strings or compounds comes in a list of one.
  const isSingle = ranges !== null && selection?.includes(':') === false;
  return isSingle && Array.isArray(value) ? value[0] : value;
}
