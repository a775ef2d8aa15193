const TYPES = {
  '|i1': Int8Array,
  '|u1': Uint8Array,
  '<i2': Int16Array,
  '<u2': Uint16Array,
  '<i4': Int32Array,
  '<u4': Uint32Array,
  '<i8': BigInt64Array,
  '<u8': BigUint64Array,
  '<f4': Float32Array,
  '<f8': Float64Array,
};

export type Numbers = InstanceType<(typeof TYPES)[keyof typeof TYPES]>;

const isKnown = (dtype: string): dtype is keyof typeof TYPES =>
  Object.hasOwn(TYPES, dtype);

/** @returns Undefined for a type that browsers have no array for. */
export function toTypedArray(
  dtype: string,
  bytes: ArrayBuffer,
): Numbers | undefined {
  return isKnown(dtype) ? new TYPES[dtype](bytes) : undefined;
}

/**
 * Repeats each value of a reduced picture, so that it fills the whole one.
 *
 * @param small - Every `step`-th row and column, in C order.
 * @param full - Rows and columns of the whole picture.
 */
export function enlarge(
  small: Numbers,
  step: number,
  [rows, columns]: readonly [number, number],
): Numbers {
  // Of the same type, which TypeScript cannot tell of a union.
  const Same = small.constructor as new (length: number) => Numbers;
  const large = new Same(rows * columns);
  const across = Math.ceil(columns / step);
  for (let row = 0; row < rows; row += 1) {
    const to = row * columns;
    if (row % step !== 0) {
      large.copyWithin(to, to - columns, to);
      continue;
    }
    const from = (row / step) * across;
    for (let column = 0; column < columns; column += 1) {
      const value = small[from + Math.floor(column / step)];
      if (value !== undefined) {
        large[to + column] = value;
      }
    }
  }
  return large;
}
