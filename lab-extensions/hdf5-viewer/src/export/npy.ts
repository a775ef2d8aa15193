import type { Numbers } from '../beside/typed-array.js';

const DTYPES: readonly (readonly [new (length: number) => Numbers, string])[] =
  [
    [Int8Array, '|i1'],
    [Uint8Array, '|u1'],
    [Int16Array, '<i2'],
    [Uint16Array, '<u2'],
    [Int32Array, '<i4'],
    [Uint32Array, '<u4'],
    [BigInt64Array, '<i8'],
    [BigUint64Array, '<u8'],
    [Float32Array, '<f4'],
    [Float64Array, '<f8'],
  ];

/** NumPy's word for the type of an array; undefined for what is no array of numbers. */
export function dtypeOf(value: unknown): string | undefined {
  return DTYPES.find(([type]) => value instanceof type)?.[1];
}

/** Bytes before the header's text: magic, version 1.0 and the text's length. */
const PREFIX = 10;

/**
 * An array as numpy.load() reads it.
 *
 * @param values - In C order.
 * @param shape - Lengths of its axes.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function toNpy(values: Numbers, shape: readonly number[]): Blob {
  const dims = shape.map((length) => `${length},`).join(' ');
  const text = `{'descr': '${dtypeOf(values) ?? ''}', 'fortran_order': False, 'shape': (${dims}), }`;
  // The data begins at a multiple of 64 bytes; the text ends with a line's end.
  const total = Math.ceil((PREFIX + text.length + 1) / 64) * 64;
  const padded = `${text.padEnd(total - PREFIX - 1)}\n`;
  const head = new Uint8Array(total);
  head.set([0x93, ...ascii('NUMPY'), 1, 0]);
  new DataView(head.buffer).setUint16(8, padded.length, true);
  head.set(ascii(padded), PREFIX);
  return new Blob([head, bytesOf(values)]);
}

export const bytesOf = (values: Numbers): Uint8Array<ArrayBuffer> =>
  // A worker's and fetch's arrays have buffers of their own, never shared ones.
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

const ascii = (text: string): number[] =>
  Array.from(text, (character) => character.charCodeAt(0));
