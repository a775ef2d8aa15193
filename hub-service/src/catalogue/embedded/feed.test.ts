import { Feed } from './feed.js';
import type { Report } from './import/report.js';

const MINUTE_MS = 60_000;
const good = { done: true, rejected: 0, firstRejected: [] };
const bad = {
  done: false,
  rejected: 2,
  firstRejected: [
    { file: 'experiment.csv', place: 'line 7', reason: 'no such proposal' },
  ],
};

/** A feed that imports every ten minutes what `outcomes` say, one after the other. */
function feedOf(...outcomes: (Partial<Report> | Error)[]) {
  const taken: [string, boolean][] = [];
  const feed = new Feed(
    { sync: { from: '/srv/export', every: 10, leaveOut: false } },
    (from, leaveOut) => {
      taken.push([from, leaveOut]);
      const outcome = outcomes.shift() ?? good;
      return outcome instanceof Error
        ? Promise.reject(outcome)
        : Promise.resolve(outcome as Report);
    },
    1_000,
    () => Date.now(),
  );
  return { feed, taken };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('imports at the start, and again after the time that is set', async () => {
  const { feed, taken } = feedOf();
  await feed.start();
  expect(taken).toEqual([['/srv/export', false]]);
  await jest.advanceTimersByTimeAsync(9 * MINUTE_MS);
  expect(taken).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(MINUTE_MS);
  expect(taken).toHaveLength(2);
  feed.stop();
  await jest.advanceTimersByTimeAsync(60 * MINUTE_MS);
  expect(taken).toHaveLength(2);
});

test('a question does not start an import', async () => {
  const { feed, taken } = feedOf();
  await feed.start();
  await jest.advanceTimersByTimeAsync(5_000);
  await feed.refresh();
  expect(taken).toHaveLength(1);
  feed.stop();
});

test('says which row stands in the way, until the next import is good', async () => {
  const { feed } = feedOf(good, bad, new Error('the disk is full'), good);
  await feed.start();
  expect([feed.stale, feed.problems]).toEqual([false, []]);
  await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(feed.stale).toBe(true);
  expect(feed.problems).toEqual([
    'The embedded catalogue: /srv/export has 2 rows that cannot be taken. The first: experiment.csv, line 7: no such proposal Shown is what was there before.',
  ]);
  await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect(feed.problems.join()).toContain('the disk is full');
  await jest.advanceTimersByTimeAsync(10 * MINUTE_MS);
  expect([feed.stale, feed.problems]).toEqual([false, []]);
  feed.stop();
});
