import { BlockCache, ExtentCache } from './block-cache.js';
import { LruBytes } from './lru.js';

const bytes = (length: number, first = 0) =>
  Uint8Array.from({ length }, (_, index) => (first + index) % 256);

test('what was not used for longest goes first', () => {
  const cache = new LruBytes(10);
  cache.set(1, bytes(4));
  cache.set(2, bytes(4));
  cache.get(1);
  cache.set(3, bytes(4));
  expect([...cache.keys()]).toEqual([1, 3]);
});

test('the newest entry stays, even if it is larger than everything', () => {
  const cache = new LruBytes(10);
  cache.set(1, bytes(4));
  cache.set(2, bytes(40));
  expect([...cache.keys()]).toEqual([2]);
});

test('bytes come from the block in which they are', () => {
  const cache = new BlockCache(4, 100);
  cache.put(1, bytes(6, 4)); // A whole block at 4, half a block at 8.
  expect(cache.at(3)).toBeUndefined();
  expect(cache.at(6)?.[0]).toBe(6);
  expect(cache.at(9)?.[0]).toBe(9);
  expect(cache.at(10)).toBeUndefined();
});

test('bytes come from the middle of an extent', () => {
  const cache = new ExtentCache(100);
  cache.put(10, bytes(5, 10));
  expect(cache.at(10)).toHaveLength(5);
  expect(cache.at(13)?.[0]).toBe(13);
  expect(cache.at(15)).toBeUndefined();
  expect(cache.at(9)).toBeUndefined();
});
