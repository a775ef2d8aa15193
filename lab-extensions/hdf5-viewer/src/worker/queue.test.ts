/** @jest-environment node */
import { setImmediate } from 'node:timers/promises';

import { JobQueue } from './queue.js';

function recorded() {
  const done: string[] = [];
  const queue = new JobQueue(() => setImmediate());
  const push = (id: number, rank: number, name: string) =>
    queue.push(id, rank, async () => {
      await setImmediate();
      done.push(name);
    });
  return { done, queue, push };
}

/** Enough turns of the event loop for a few jobs. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) {
    await setImmediate();
  }
}

test('the lowest rank runs first, of equals the oldest', async () => {
  const { done, push } = recorded();
  push(1, 2, 'tree');
  push(2, 1, 'first frame');
  push(3, 1, 'second frame');
  await settle();
  expect(done).toEqual(['first frame', 'second frame', 'tree']);
});

test('a job that was cancelled in time never runs', async () => {
  const { done, queue, push } = recorded();
  push(1, 1, 'kept');
  push(2, 1, 'cancelled');
  expect(queue.cancel(2)).toBe(true);
  await settle();
  expect(done).toEqual(['kept']);
  expect(queue.cancel(1)).toBe(false);
});
