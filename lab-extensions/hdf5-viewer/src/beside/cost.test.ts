import { costOf, isLargePicture, isWasteful } from './cost.js';

const u4 = {
  class: 'integer',
  bits: 32,
  signed: false,
  littleEndian: true,
} as const;
const stack = { dims: [1000, 1024, 1024], type: u4, chunks: [1, 1024, 1024] };
const plain = { dims: [250, 2048, 2048], type: u4, chunks: null };
const MIB = 2 ** 20;

test('a chunk is read whole', () => {
  expect(costOf(stack, ':,500,500')).toEqual({
    wanted: 4000,
    pieces: 1000,
    read: 4000 * MIB,
  });
  expect(costOf(stack, '3,:,:')).toMatchObject({ pieces: 1, read: 4 * MIB });
  expect(costOf(stack, '3,:,7')).toMatchObject({ wanted: 4096, pieces: 1 });
});

test('without chunks, what lies side by side is one piece', () => {
  expect(costOf(plain, '3,:,:').pieces).toBe(1);
  expect(costOf(plain, ':,:,7').pieces).toBe(250 * 2048);
  expect(costOf(plain, null)).toMatchObject({ pieces: 1, read: 4000 * MIB });
});

test.each([
  [stack, ':,500,500', true],
  [stack, '3,:,:', false],
  [stack, '3,:,7', false],
  [plain, ':,500,500', true],
  [plain, '3,:,:', false],
  // A line of many chunks is wanted as it is.
  [{ dims: [20e6], type: u4, chunks: [10_000] }, ':', false],
  [{ ...stack, type: { class: 'reference' } as const }, ':,500,500', false],
])('a profile is wasteful to fetch, %j %s: %s', (dataset, selection, is) => {
  expect(isWasteful(costOf(dataset, selection))).toBe(is);
});

test.each([
  [plain, '3,:,:', true],
  [stack, '3,:,:', false],
  [plain, ':,:,:', false],
  [{ dims: [2048, 2048], type: u4, chunks: null }, null, false],
])('a picture of many bytes is large, %j %s: %s', (dataset, selection, is) => {
  expect(isLargePicture(costOf(dataset, selection), selection)).toBe(is);
});
