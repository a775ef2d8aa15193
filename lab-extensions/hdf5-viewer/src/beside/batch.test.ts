import { Batch } from './batch.js';

let requests: string[][];
let release: (() => void)[];

const batch = () =>
  new Batch<string>((keys) => {
    requests.push(keys);
    return new Promise((resolve) => {
      release.push(() =>
        resolve(keys.map((key) => (key === 'none' ? null : `<${key}>`))),
      );
    });
  });

beforeEach(() => {
  jest.useFakeTimers();
  requests = [];
  release = [];
});
afterEach(() => jest.useRealTimers());

test('what is asked for in the same breath goes together, each thing once', async () => {
  const mine = batch();
  const answers = Promise.all(['a', 'b', 'a'].map((key) => mine.get(key)));
  await jest.advanceTimersByTimeAsync(0);
  expect(requests).toEqual([['a', 'b']]);
  release[0]?.();
  expect(await answers).toEqual(['<a>', '<b>', '<a>']);
});

test('thousands go by few at a time; what is asked for later goes first', async () => {
  const mine = batch();
  const keys = Array.from({ length: 1000 }, (_, index) => `${index}`);
  const answers = Promise.all(keys.map((key) => mine.get(key)));
  await jest.advanceTimersByTimeAsync(0);
  expect(requests).toHaveLength(2);
  const clicked = mine.get('clicked');
  await jest.advanceTimersByTimeAsync(0);
  expect(requests).toHaveLength(2);
  release[0]?.();
  await jest.advanceTimersByTimeAsync(0);
  expect(requests[2]).toContain('clicked');
  for (let index = 1; index < 6; index += 1) {
    release[index]?.();
    await jest.advanceTimersByTimeAsync(0);
  }
  expect(await clicked).toBe('<clicked>');
  expect(await answers).toEqual(keys.map((key) => `<${key}>`));
});

test('one that is not known fails alone', async () => {
  const mine = batch();
  const answers = Promise.allSettled([mine.get('a'), mine.get('none')]);
  await jest.advanceTimersByTimeAsync(0);
  release[0]?.();
  expect((await answers).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
  ]);
});

test('all fail with their request, and the next are asked for again', async () => {
  const ask = jest.fn(() => Promise.reject<string[]>(new Error('away')));
  const mine = new Batch<string>(ask);
  for (const time of [1, 2]) {
    const failed = expect(mine.get('a')).rejects.toThrow('away');
    await jest.advanceTimersByTimeAsync(0);
    await failed;
    expect(ask).toHaveBeenCalledTimes(time);
  }
});
