import type { Numbers } from '../beside/typed-array.js';
import { bytesOf } from './npy.js';

/** TIFF 6.0, section 2: types of fields. */
const SHORT = 3;
const LONG = 4;

/** TIFF 6.0, section 19: SampleFormat. */
function sampleFormatOf(values: Numbers): 1 | 2 | 3 {
  if (values instanceof Float32Array || values instanceof Float64Array) {
    return 3;
  }
  return values instanceof Int8Array ||
    values instanceof Int16Array ||
    values instanceof Int32Array ||
    values instanceof BigInt64Array
    ? 2
    : 1;
}

/**
 * A picture of one channel with its values as they are, as ImageJ, Fiji and tifffile read it.
 *
 * @param values - Rows after one another.
 * @param shape - Rows and columns.
 * @see TIFF 6.0, https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 */
export function toTiff(
  values: Numbers,
  [rows, columns]: readonly [number, number],
): Blob {
  const fields: [tag: number, type: number, value: number][] = [
    [256, LONG, columns],
    [257, LONG, rows],
    [258, SHORT, values.BYTES_PER_ELEMENT * 8],
    [259, SHORT, 1], // Compression: none.
    [262, SHORT, 1], // Photometric: black is zero.
    [273, LONG, 0], // StripOffsets, below.
    [277, SHORT, 1], // Samples of a pixel.
    [278, LONG, rows], // Rows of a strip: all.
    [279, LONG, values.byteLength],
    [339, SHORT, sampleFormatOf(values)],
  ];
  // Header, the directory, and zeros up to a multiple of 8.
  const size = Math.ceil((8 + 2 + fields.length * 12 + 4) / 8) * 8;
  const head = new DataView(new ArrayBuffer(size));
  head.setUint16(0, 0x4949); // "II": little-endian.
  head.setUint16(2, 42, true);
  head.setUint32(4, 8, true);
  head.setUint16(8, fields.length, true);
  fields.forEach(([tag, type, value], index) => {
    const at = 10 + index * 12;
    head.setUint16(at, tag, true);
    head.setUint16(at + 2, type, true);
    head.setUint32(at + 4, 1, true);
    head.setUint32(at + 8, tag === 273 ? size : value, true);
  });
  return new Blob([head, bytesOf(values)], { type: 'image/tiff' });
}
