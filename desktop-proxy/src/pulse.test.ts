import { BEAT, PATIENCE, Pulse, SILENCE } from './pulse.js';

function setUp() {
  const said: string[] = [];
  const pulse = new Pulse({
    ask: async () => Promise.resolve(),
    poke: () => said.push('poke'),
    answered: () => undefined,
    dead: () => said.push('dead'),
  });
  return { pulse, said };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('a connection on which something comes is let alone', async () => {
  const { pulse, said } = setUp();
  pulse.start();
  for (let i = 0; i < 20; i += 1) {
    await jest.advanceTimersByTimeAsync(BEAT);
    pulse.heard();
  }
  pulse.stop();
  expect(said).toEqual([]);
});

test('a silent one is asked; it lives if it answers', async () => {
  const { pulse, said } = setUp();
  pulse.start();
  await jest.advanceTimersByTimeAsync(SILENCE + BEAT);
  expect(said).toEqual(['poke']);
  pulse.heard();
  await jest.advanceTimersByTimeAsync(PATIENCE);
  expect(said).toEqual(['poke']);
  pulse.stop();
});

test('one that does not answer is dead, and is so once', async () => {
  const { pulse, said } = setUp();
  pulse.start();
  await jest.advanceTimersByTimeAsync(SILENCE + PATIENCE + 2 * BEAT);
  expect(said).toEqual(['poke', 'dead']);
  await jest.advanceTimersByTimeAsync(120_000);
  expect(said).toEqual(['poke', 'dead']);
});

test('after a sleep of an hour it is asked at once', async () => {
  const { pulse, said } = setUp();
  pulse.start();
  await jest.advanceTimersByTimeAsync(BEAT);
  // The clock goes on, timers do not.
  jest.setSystemTime(Date.now() + 3_600_000);
  await jest.advanceTimersByTimeAsync(BEAT);
  expect(said).toEqual(['poke']);
  await jest.advanceTimersByTimeAsync(PATIENCE + BEAT);
  expect(said).toEqual(['poke', 'dead']);
});

test('a suspicion asks at once, unless there is no connection', () => {
  const { pulse, said } = setUp();
  pulse.suspect();
  expect(said).toEqual([]);
  pulse.start();
  pulse.suspect();
  expect(said).toEqual(['poke']);
  pulse.stop();
});
