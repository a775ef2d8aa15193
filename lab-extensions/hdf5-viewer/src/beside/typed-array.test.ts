import { enlarge, toTypedArray } from './typed-array.js';

test('bytes become numbers', () => {
  const bytes = new Float32Array([1.5, -2]).buffer;
  expect(toTypedArray('<f4', bytes)).toEqual(new Float32Array([1.5, -2]));
  expect(toTypedArray('>f4', bytes)).toBeUndefined();
});

test('a reduced picture fills the whole one, also where it is not a multiple', () => {
  const small = new Uint16Array([1, 2, 3, 4]);
  expect(enlarge(small, 2, [3, 4])).toEqual(
    new Uint16Array([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4]),
  );
  expect(enlarge(small, 3, [4, 5])).toEqual(
    new Uint16Array([
      ...[1, 1, 1, 2, 2],
      ...[1, 1, 1, 2, 2],
      ...[1, 1, 1, 2, 2],
      ...[3, 3, 3, 4, 4],
    ]),
  );
});
