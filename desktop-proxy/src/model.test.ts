import { program } from './applications/fakes.js';
import { DesktopError, type IDesktops } from './client.js';
import { DesktopModel, RESTART_POLL, RETRY_DELAYS } from './model.js';
import type { DesktopInfo, Ended, Programs } from './wire.js';

const closed: Ended = {
  at: '2026-11-21T14:31:00.000Z',
  cause: 'closed',
  status: 0,
  reason: 'Terminal window (xterm) was closed.',
  output: [],
};

const desktop = (ended: Ended | null = null): DesktopInfo => ({
  name: 'main',
  program: { id: 'xterm', title: 'Terminal window (xterm)' },
  state: ended ? 'ended' : 'running',
  ended,
  restart: null,
  restarts: 0,
  renderer: null,
  problem: null,
  connections: 0,
});

/** A gateway with at most one desktop. Counts what it is asked. */
class FakeDesktops implements IDesktops {
  there: DesktopInfo | undefined;
  missing: string[] = [];
  failure: DesktopError | undefined;
  readonly asked: string[] = [];

  async list() {
    await this.answer('list');
    return this.there ? [this.there] : [];
  }

  async programs(): Promise<Programs> {
    await this.answer('programs');
    const { missing } = this;
    const part = {
      id: 'display',
      title: 'Display (Xvnc)',
      found: missing.length > 0 ? null : 'Xtigervnc',
      needed: true,
      problem: 'No Xvnc.',
      get: ['apt install tigervnc-standalone-server'],
    };
    return {
      programs: [program({ id: 'xterm', missing })],
      parts: [part],
    };
  }

  async start({ width, height }: { width: number; height: number }) {
    await this.answer(`start ${width}x${height}`);
    if (this.missing.length > 0) {
      throw new DesktopError('refused', this.missing.join(' '));
    }
    this.there = desktop();
    return this.there;
  }

  async shutDown() {
    await this.answer('shut down');
    this.there = undefined;
  }

  async address() {
    await this.answer('address');
    return `ws://lab/ws?ticket=${this.asked.length}`;
  }

  private async answer(what: string): Promise<void> {
    this.asked.push(what);
    await Promise.resolve();
    if (this.failure) {
      throw this.failure;
    }
  }
}

const unreachable = new DesktopError('unreachable', 'No answer.');

function setUp(restored = false) {
  const desktops = new FakeDesktops();
  const model = new DesktopModel(desktops, {
    ...{ name: 'main', program: 'xterm', restored },
    size: () => ({ width: 800, height: 600 }),
  });
  const states: string[] = [];
  model.changed.connect(() => states.push(model.state.kind));
  return { desktops, model, states };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('starts a desktop of the size of the tab, and has a viewer connect', async () => {
  const { desktops, model, states } = setUp();
  await model.open(true);
  model.connected();
  expect(desktops.asked).toContain('start 800x600');
  expect(states).toEqual(['checking', 'starting', 'connecting', 'connected']);
});

test('connects to a desktop that runs, and starts none', async () => {
  const { desktops, model } = setUp();
  desktops.there = desktop();
  await model.open(true);
  expect(model.state.kind).toBe('connecting');
  expect(desktops.asked).toEqual(['list', 'address']);
});

test('starts nothing by itself when a layout is restored', async () => {
  const { desktops, model } = setUp();
  await model.open(false);
  expect(model.state).toMatchObject({ kind: 'ended', ended: null });
  expect(desktops.asked).toEqual(['list']);
});

test('a restored tab knows that its desktop ended with the session', async () => {
  const { model } = setUp(true);
  await model.open(false);
  expect(model.state).toEqual({ kind: 'ended', ended: null, wasThere: true });
});

test('knows a restart of Jupyter: what ran is not even known any more', async () => {
  const { desktops, model } = setUp();
  await model.open(true);
  model.connected();
  desktops.failure = unreachable;
  await model.disconnected();
  desktops.failure = undefined;
  desktops.there = undefined;
  await model.retry();
  expect(model.state).toEqual({ kind: 'ended', ended: null, wasThere: true });
  expect(model.lostSince).toBeNull();
});

test('says why a desktop ended, and starts it again', async () => {
  const { desktops, model } = setUp();
  await model.open(true);
  model.connected();
  desktops.there = desktop(closed);
  await model.disconnected();
  expect(model.state).toMatchObject({ kind: 'ended', ended: closed });
  await model.start();
  expect(model.state.kind).toBe('connecting');
});

test('says what is missing, and starts nothing', async () => {
  const { desktops, model } = setUp();
  desktops.missing = ['No Xvnc. Get it: apt install …'];
  await model.open(true);
  expect(model.state).toMatchObject({
    kind: 'missing',
    missing: desktops.missing,
    parts: [{ id: 'display', found: null }],
  });
  expect(desktops.there).toBeUndefined();
});

test('connects again by itself, waiting longer each time, with a new ticket', async () => {
  const { desktops, model, states } = setUp();
  await model.open(true);
  const first = model.state;
  model.connected();
  desktops.failure = unreachable;
  const since = Date.now();
  await model.disconnected();
  for (const delay of RETRY_DELAYS.slice(0, 3)) {
    const retryAt = Date.now() + delay;
    expect(model.state).toEqual({ kind: 'lost', since, retryAt });
    await jest.advanceTimersByTimeAsync(delay - 1);
    const asked = desktops.asked.length;
    await jest.advanceTimersByTimeAsync(1);
    expect(desktops.asked).toHaveLength(asked + 1);
  }
  desktops.failure = undefined;
  await model.retry();
  expect(states.at(-1)).toBe('connecting');
  expect(model.state).not.toEqual(first);

  // Once connected, the next loss begins with the shortest wait again.
  model.connected();
  desktops.failure = unreachable;
  await model.disconnected();
  expect(model.state).toMatchObject({
    retryAt: Date.now() + (RETRY_DELAYS[0] ?? 0),
  });
});

test('a viewer that fails to connect is tried again later, not at once', async () => {
  const { model } = setUp();
  await model.open(true);
  await model.disconnected();
  expect(model.state.kind).toBe('lost');
});

test('says that it cannot reach the gateway, and tries again when told', async () => {
  const { desktops, model } = setUp();
  desktops.failure = unreachable;
  await model.open(true);
  expect(model.state).toEqual({ kind: 'failed', message: 'No answer.' });
  desktops.failure = undefined;
  await model.open(true);
  expect(model.state.kind).toBe('connecting');
});

test('restart ends the old one first', async () => {
  const { desktops, model } = setUp();
  desktops.there = desktop();
  await model.restart();
  expect(desktops.asked).toEqual(['shut down', 'start 800x600', 'address']);
});

test('the loss of the picture while shutting down does not undo it', async () => {
  const { model } = setUp();
  await model.open(true);
  model.connected();
  await model.shutDown();
  await model.disconnected();
  expect(model.state).toMatchObject({ kind: 'ended', ended: null });
});

test('waits while the gateway starts a crashed display again, then says so', async () => {
  const { desktops, model } = setUp();
  await model.open(true);
  model.connected();
  let fell = 0;
  model.fell.connect(() => (fell += 1));
  const restart = { attempt: 1, most: 3, next: '2026-11-21T14:31:01.000Z' };
  desktops.there = { ...desktop(), state: 'restarting', restart };
  await model.disconnected();
  expect(model.state).toEqual({ kind: 'restarting', restart });
  await jest.advanceTimersByTimeAsync(RESTART_POLL);
  expect(model.state.kind).toBe('restarting');
  expect(fell).toBe(0);
  desktops.there = { ...desktop(), restarts: 1 };
  await jest.advanceTimersByTimeAsync(RESTART_POLL);
  expect(model.state.kind).toBe('connecting');
  expect(fell).toBe(1);
});

test('says that the connection is lost while the session does not answer at all', async () => {
  const { desktops, model } = setUp();
  await model.open(true);
  model.connected();
  desktops.list = () => new Promise(() => undefined);
  void model.disconnected();
  await jest.advanceTimersByTimeAsync(2_000);
  expect(model.state.kind).toBe('lost');
});

test('a mere loss of the network is no crash', async () => {
  const { desktops, model } = setUp();
  desktops.there = { ...desktop(), restarts: 2 };
  await model.open(true);
  model.connected();
  let fell = 0;
  model.fell.connect(() => (fell += 1));
  await model.disconnected();
  await model.retry();
  expect(fell).toBe(0);
});

test('an older answer that comes late changes nothing', async () => {
  const { desktops, model } = setUp();
  desktops.there = desktop(closed);
  const late = model.open(false);
  const newer = model.start();
  await Promise.all([late, newer]);
  expect(model.state.kind).toBe('connecting');
});

test('asks nothing more once disposed', async () => {
  const { desktops, model } = setUp();
  await model.open(true);
  model.connected();
  desktops.failure = unreachable;
  await model.disconnected();
  const asked = desktops.asked.length;
  model.dispose();
  await jest.advanceTimersByTimeAsync(120_000);
  await model.disconnected();
  expect(desktops.asked).toHaveLength(asked);
});
