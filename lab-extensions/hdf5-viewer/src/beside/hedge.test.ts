import { hedge } from './hedge.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const later = <T>(ms: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

test('who answers in time is alone', async () => {
  const second = jest.fn(() => Promise.resolve('second'));
  const answer = hedge(() => later(100, 'first'), second, 1000);
  await jest.advanceTimersByTimeAsync(5000);
  expect(await answer).toBe('first');
  expect(second).not.toHaveBeenCalled();
});

test('who fails is replaced at once', async () => {
  const answer = hedge(
    () => Promise.reject(new Error('away')),
    () => Promise.resolve('second'),
    1000,
  );
  expect(await answer).toBe('second');
});

test('who keeps one waiting may still be the first', async () => {
  const race = (slow: number) =>
    hedge(
      () => later(slow, 'first'),
      () => later(500, 'second'),
      1000,
    );
  const [soon, late] = [race(1200), race(9000)];
  await jest.advanceTimersByTimeAsync(10_000);
  expect(await Promise.all([soon, late])).toEqual(['first', 'second']);
});

test('the last failure is told', async () => {
  const answer = hedge(
    () => Promise.reject(new Error('away')),
    () => Promise.reject(new Error('not HDF5')),
    1000,
  );
  await expect(answer).rejects.toThrow('not HDF5');
});
