import { LargeValues } from './large-values.js';
import type { ValueParams } from './watch-values.js';

const params = (path: string, selection?: string) =>
  ({
    dataset: { path, shape: { dims: [5, 2000, 3000] } },
    ...(selection === undefined ? {} : { selection }),
  }) as unknown as ValueParams;
const cost = (wanted: number) => ({ wanted, read: wanted, pieces: 1 });

const FRAME = params('/frames', '3,:,:');

let large: LargeValues;
beforeEach(() => {
  large = new LargeValues(() => 64e6);
});

test('nobody is asked about what is small', async () => {
  expect(await large.ask(FRAME, cost(64e6))).toBe('whole');
  expect(large.shown).toBeNull();
});

test('what is large waits for a person, who hears of its shape', async () => {
  const choice = large.ask(FRAME, cost(65e6));
  expect(large.shown?.shape).toEqual([2000, 3000]);
  expect(large.waiting).toBe(1);
  large.shown?.choose('reduced');
  expect(await choice).toBe('reduced');
  expect(large.shown).toBeNull();
  expect(large.waiting).toBe(0);
});

test('the offer is that of what H5Web waits for', async () => {
  void large.ask(FRAME, cost(65e6));
  const other = params('/other');
  large.drawn(other, true);
  await Promise.resolve();
  expect(large.shown).toBeNull();
  large.drawn(params('/axis'), false);
  large.drawn(params('/frames', '3,:,:'), true);
  await Promise.resolve();
  expect(large.shown?.params).toBe(FRAME);
});

test('who goes away is not asked any more', async () => {
  const user = new AbortController();
  const choice = large.ask(FRAME, cost(65e6), user.signal);
  user.abort();
  await expect(choice).rejects.toMatchObject({
    failure: { kind: 'cancelled' },
  });
  expect(large.shown).toBeNull();
});
