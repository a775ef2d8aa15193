import { SizingTurn } from './sizing.js';

const large = { width: 1400, height: 900 };
const small = { width: 600, height: 400 };

test('the first tab gives the size, a second one does not', () => {
  const first = new SizingTurn();
  first.joined(0);
  expect(first.isMine).toBe(true);
  const second = new SizingTurn();
  second.joined(1);
  expect(second.isMine).toBe(false);
});

test('the second has its turn when the first has gone', () => {
  const second = new SizingTurn();
  second.joined(1);
  second.counted(1);
  expect(second.isMine).toBe(false);
  second.counted(0);
  expect(second.isMine).toBe(true);
});

test('who is told to, takes over; the other one lets go', () => {
  const first = new SizingTurn();
  first.joined(0);
  first.resized(large);
  first.seen(large);
  const second = new SizingTurn();
  second.joined(1);
  second.resized(small);
  second.take();
  expect(second.isMine).toBe(true);
  first.seen(small);
  second.seen(small);
  expect(first.isMine).toBe(false);
  expect(second.isMine).toBe(true);
});

test('a change of its own that comes late is no take-over', () => {
  const turn = new SizingTurn();
  turn.joined(0);
  turn.resized({ width: 1400.4, height: 900 });
  turn.resized(small);
  turn.seen(large);
  expect(turn.isMine).toBe(true);
});

test('keeps its turn over a reconnection, though its old connection still counts', () => {
  const turn = new SizingTurn();
  turn.joined(0);
  turn.joined(1);
  expect(turn.isMine).toBe(true);
});
