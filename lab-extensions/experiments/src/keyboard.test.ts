import { actOf, moved } from './keyboard.js';

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

test.each([
  [{ key: 'Enter' }, 'open'],
  [{ key: 'Enter', ctrlKey: true }, 'add'],
  [{ key: 'Enter', metaKey: true }, 'add'],
  [{ key: 'f' }, 'favourite'],
  [{ key: 'F', shiftKey: true }, 'favourite'],
  [{ key: 'f', ctrlKey: true }, null],
  [{ key: 'F10', shiftKey: true }, 'menu'],
  [{ key: 'F10' }, null],
  [{ key: 'ContextMenu' }, 'menu'],
  [{ key: 'x' }, null],
])('%j is for %s', (press, act) => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false };
  expect(actOf({ ...none, ...press })).toBe(act);
});

test('the page keys pass what is seen', () => {
  expect([moved('PageDown', 2, 100, 20), moved('PageUp', 30, 100, 20)]).toEqual(
    [22, 10],
  );
});
