import type { ClusterFacts } from './cluster.js';
import { readLocal } from './local.js';
import { SnapshotCache } from './snapshot-cache.js';

/** A scheduler that answers when told to, and a clock that is set by hand. */
class FakeScheduler {
  calls = 0;
  clock = 0;
  answer: () => Promise<ClusterFacts> = () =>
    Promise.resolve({ partitions: [], reservations: [] });
  readonly cache = new SnapshotCache(
    'slurm',
    () => {
      this.calls++;
      return this.answer();
    },
    () => this.clock,
  );
}

test('asks at most every 7.5 seconds, and once for all who wait', async () => {
  const scheduler = new FakeScheduler();
  await Promise.all([
    scheduler.cache.snapshot(),
    scheduler.cache.snapshot(),
    scheduler.cache.snapshot(),
  ]);
  scheduler.clock = 7_499;
  await scheduler.cache.snapshot();
  expect(scheduler.calls).toBe(1);
  scheduler.clock = 7_500;
  await scheduler.cache.snapshot();
  expect(scheduler.calls).toBe(2);
});

test('gives the old answer and says why while the scheduler is away', async () => {
  const scheduler = new FakeScheduler();
  scheduler.answer = readLocal;
  const before = await scheduler.cache.snapshot();
  scheduler.clock = 60_000;
  scheduler.answer = () => Promise.reject(new Error('Slurm is away.'));
  const meanwhile = await scheduler.cache.snapshot();
  expect(meanwhile).toEqual({ ...before, problem: 'Slurm is away.' });
  scheduler.clock = 68_000;
  scheduler.answer = readLocal;
  expect((await scheduler.cache.snapshot()).problem).toBeUndefined();
});

test('does not wait for a scheduler that hangs', async () => {
  const scheduler = new FakeScheduler();
  await scheduler.cache.snapshot();
  scheduler.clock = 10_000;
  scheduler.answer = () => new Promise(() => undefined);
  expect((await scheduler.cache.snapshot()).problem).toMatch(/slow/);
});

test('starts nothing while the scheduler is away, and again when it is back', async () => {
  const scheduler = new FakeScheduler();
  scheduler.answer = readLocal;
  await scheduler.cache.snapshot();
  await scheduler.cache.mustAnswer();
  scheduler.clock = 60_000;
  scheduler.answer = () => Promise.reject(new Error('Slurm is away.'));
  await scheduler.cache.snapshot();
  await expect(scheduler.cache.mustAnswer()).rejects.toMatchObject({
    code: 'unavailable',
    message: 'Slurm is away.',
  });
  scheduler.clock = 120_000;
  scheduler.answer = readLocal;
  void scheduler.cache.snapshot();
  await scheduler.cache.mustAnswer();
});

test('starts nothing while the scheduler hangs', async () => {
  const scheduler = new FakeScheduler();
  scheduler.answer = readLocal;
  await scheduler.cache.snapshot();
  scheduler.clock = 60_000;
  scheduler.answer = () => new Promise(() => undefined);
  await scheduler.cache.snapshot();
  await scheduler.cache.mustAnswer();
  scheduler.clock = 67_000;
  await expect(scheduler.cache.mustAnswer()).rejects.toThrow(
    'has not answered for 7 s',
  );
});

test('refuses while it has never had an answer', async () => {
  const scheduler = new FakeScheduler();
  scheduler.answer = () => Promise.reject(new Error('Slurm is away.'));
  await expect(scheduler.cache.snapshot()).rejects.toMatchObject({
    code: 'unavailable',
    message: 'Slurm is away. Try again in a few seconds.',
  });
});

test('knows this machine as one partition', async () => {
  const [local] = (await readLocal()).partitions;
  expect(local).toMatchObject({ name: 'local', state: 'up' });
  expect(local?.nodes[0]?.cpus).toBeGreaterThan(0);
  expect(local?.nodes[0]?.memoryMiB).toBeGreaterThan(0);
});
