import { KeptSessions } from './kept-sessions.js';

const HOUR = 3_600_000;

/** Sessions of an hour, with a clock that is set by hand. */
function kept() {
  const clock = { now: 0 };
  const renewed: string[] = [];
  const ended: string[] = [];
  let begun = 0;
  let fails = false;
  const sessions = new KeptSessions({
    renew: (id) => {
      renewed.push(id);
      return fails ? Promise.reject(new Error('gone')) : Promise.resolve();
    },
    end: (id) => {
      ended.push(id);
      return Promise.resolve();
    },
    now: () => clock.now,
  });
  return {
    sessions,
    clock,
    renewed,
    ended,
    fail: () => {
      fails = true;
    },
    get: async (key = 'ada') => {
      const session = await sessions.get(key, () =>
        Promise.resolve({ id: `s${++begun}`, lifetimeMs: HOUR }),
      );
      return session.id;
    },
  };
}

test('renews a session at half its time, and begins anew after its end', async () => {
  const { get, clock, renewed, ended } = kept();
  expect(await get()).toBe('s1');
  clock.now = 0.4 * HOUR;
  expect(await get()).toBe('s1');
  expect(renewed).toEqual([]);
  clock.now = 0.6 * HOUR;
  expect(await get()).toBe('s1');
  expect(renewed).toEqual(['s1']);
  clock.now = 1.2 * HOUR;
  expect(await get()).toBe('s1');
  clock.now = 3 * HOUR;
  expect(await get()).toBe('s2');
  expect(ended).toEqual(['s1']);
});

test('begins anew where a session cannot be renewed', async () => {
  const { get, clock, fail } = kept();
  await get();
  fail();
  clock.now = 0.6 * HOUR;
  expect(await get()).toBe('s2');
});

test('a sign-in that failed is tried again by the next', async () => {
  const { sessions, get } = kept();
  const failed = sessions.get('ada', () => Promise.reject(new Error('no')));
  await expect(failed).rejects.toThrow('no');
  expect(await get()).toBe('s1');
});

test('drops only the session that is meant', async () => {
  const { sessions, get, ended } = kept();
  await get();
  sessions.drop('ada', 'another');
  expect(await get()).toBe('s1');
  sessions.drop('ada', 's1');
  expect(await get()).toBe('s2');
  await get('grace');
  await sessions.close();
  expect(ended.sort()).toEqual(['s1', 's2', 's3']);
});
