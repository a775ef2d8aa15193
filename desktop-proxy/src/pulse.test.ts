import { BEAT, PATIENCE, Pulse } from './pulse.js';

function setUp() {
  const pings: number[] = [];
  const trips: number[] = [];
  let deaths = 0;
  const pulse = new Pulse({
    ping: (n) => pings.push(n),
    answered: (roundTrip) => trips.push(roundTrip),
    dead: () => (deaths += 1),
  });
  return { pulse, pings, trips, deaths: () => deaths };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('measures the way there and back', async () => {
  const { pulse, pings, trips } = setUp();
  pulse.start();
  await jest.advanceTimersByTimeAsync(24);
  pulse.answered(pings[0] ?? 0);
  pulse.answered(999); // Of the connection before.
  expect(trips).toEqual([24]);
  pulse.stop();
});

test('a busy connection lives, though answers stand behind the pictures', async () => {
  const { pulse, deaths } = setUp();
  pulse.start();
  for (let i = 0; i < 20; i += 1) {
    await jest.advanceTimersByTimeAsync(BEAT / 2);
    pulse.heard();
  }
  pulse.stop();
  expect(deaths()).toBe(0);
});

test('one on which nothing comes is dead, and is so once', async () => {
  const { pulse, deaths } = setUp();
  pulse.start();
  await jest.advanceTimersByTimeAsync(PATIENCE);
  expect(deaths()).toBe(0);
  await jest.advanceTimersByTimeAsync(BEAT);
  expect(deaths()).toBe(1);
  await jest.advanceTimersByTimeAsync(120_000);
  expect(deaths()).toBe(1);
});

test('after a sleep of an hour it is dead at once, if nothing had come', async () => {
  const { pulse, pings, deaths } = setUp();
  pulse.start();
  pulse.answered(pings[0] ?? 0);
  await jest.advanceTimersByTimeAsync(BEAT);
  // The clock goes on, timers do not.
  jest.setSystemTime(Date.now() + 3_600_000);
  await jest.advanceTimersByTimeAsync(BEAT);
  expect(deaths()).toBe(1);
});

test('a suspicion asks at once, unless there is no connection', () => {
  const { pulse, pings } = setUp();
  pulse.suspect();
  expect(pings).toEqual([]);
  pulse.start();
  pulse.suspect();
  expect(pings).toEqual([1, 2]);
  pulse.stop();
});
