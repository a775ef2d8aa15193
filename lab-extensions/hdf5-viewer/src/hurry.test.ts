import { hurry } from './hurry.js';
import type { ValueParams, ValuesStore } from './watch-values.js';

const frame = (selection: string, path = '/data'): ValueParams =>
  ({ dataset: { path }, selection }) as unknown as ValueParams;

let ongoing: Map<ValueParams, number>;
let aborted: ValueParams[];
let store: ValuesStore;

beforeEach(() => {
  ongoing = new Map();
  aborted = [];
  store = {
    has: () => false,
    abort: (params: ValueParams) => aborted.push(params),
    progressStore: { getState: () => ({ ongoing }) },
  } as unknown as ValuesStore;
});

test('every frame is taken for one that is there, until that is ended', () => {
  const { end } = hurry(store);
  expect(store.has(frame('1'))).toBe(true);
  end();
  expect(store.has(frame('1'))).toBe(false);
});

test('a frame that is passed over while it comes is taken back', () => {
  const { drawn } = hurry(store);
  ongoing.set(frame('1'), 0);
  drawn([frame('1')]);
  drawn([frame('2')]);
  expect(aborted).toEqual([frame('1')]);
});

test.each([
  ['it is there', [], [frame('2')]],
  ['it is still drawn', [frame('1')], [frame('2'), frame('1')]],
  ['something else is drawn', [frame('1')], [frame('2', '/other')]],
])('what was drawn before is kept: %s', (_, coming, next) => {
  const { drawn } = hurry(store);
  coming.forEach((params) => ongoing.set(params, 0));
  drawn([frame('1')]);
  drawn(next);
  expect(aborted).toEqual([]);
});
