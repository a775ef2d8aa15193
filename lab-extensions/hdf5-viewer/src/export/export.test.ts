/** @jest-environment node */

import type { Dataset } from '@h5web/app';

import { exportAs, selectedShape } from './export.js';

async function bytes(
  format: 'npy' | 'tiff',
  value: unknown,
  shape: number[],
): Promise<Buffer> {
  return Buffer.from(await exportAs(format, value, shape).arrayBuffer());
}

test('the shape is that of the axes that are read', () => {
  const dataset = { shape: { dims: [5, 6, 7] } } as unknown as Dataset;
  expect(selectedShape(dataset, '3,:,:')).toEqual([6, 7]);
  expect(selectedShape(dataset, ':,2,3')).toEqual([5]);
  expect(selectedShape(dataset, undefined)).toEqual([5, 6, 7]);
});

test.each([
  [new Float32Array([1.5, -2]), [2], "'<f4'", '(2,)'],
  [new Uint8Array(6), [2, 3], "'|u1'", '(2, 3,)'],
  [new BigInt64Array(1), [], "'<i8'", '()'],
])('%s is written for NumPy', async (values, shape, descr, words) => {
  const npy = await bytes('npy', values, shape);
  expect(npy.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  const length = npy.readUInt16LE(8);
  expect((10 + length) % 64).toBe(0);
  const header = npy.subarray(10, 10 + length).toString('latin1');
  expect(header).toContain(`'descr': ${descr}`);
  expect(header).toContain(`'shape': ${words}`);
  expect(header.endsWith('\n')).toBe(true);
  expect(npy.length).toBe(10 + length + values.byteLength);
});

test('a picture is a TIFF with its values as they are', async () => {
  const values = new Uint16Array([1, 2, 3, 4, 5, 60_000]);
  const tiff = await bytes('tiff', values, [2, 3]);
  const field = (tag: number) => {
    const count = tiff.readUInt16LE(8);
    const at = Array.from({ length: count }, (_, index) => 10 + index * 12);
    const found = at.find((each) => tiff.readUInt16LE(each) === tag) ?? 0;
    return tiff.readUInt32LE(found + 8);
  };
  expect(tiff.subarray(0, 4)).toEqual(Buffer.from([0x49, 0x49, 42, 0]));
  expect([256, 257, 258, 339].map(field)).toEqual([3, 2, 16, 1]);
  expect(tiff.readUInt16LE(field(273) + 10)).toBe(60_000);
  expect(tiff.length).toBe(field(273) + field(279));
});

test('what is no picture, or no numbers, is refused', () => {
  expect(() => exportAs('tiff', new Uint8Array(8), [2, 2, 2])).toThrow(
    'picture',
  );
  expect(() => exportAs('npy', ['a'], [1])).toThrow('numbers');
});
