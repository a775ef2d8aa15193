import { moved } from './keyboard.js';

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 8, 9],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 5, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 2, 7],
  ['PageDown', 7, 9],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 0, 9],
  ['a', 3, null],
  ['Enter', 3, null],
])('%s leads from %d to %s in ten', (key, from, to) => {
  expect(moved(key, from, 10)).toBe(to);
});

test('no key moves in an empty list', () => {
  expect(moved('Home', -1, 0)).toBeNull();
});
