import { Connection } from './connection.js';
import type { WorkerPort } from './connection.js';
import type { AnyCall, Beat, Cancel, Reply } from './worker/protocol.js';

/** A worker that answers when it is told to. */
class FakeWorker implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onmessageerror: WorkerPort['onmessageerror'] = null;
  onerror: WorkerPort['onerror'] = null;
  readonly heard: (AnyCall | Cancel)[] = [];
  isRunning = true;

  postMessage(message: AnyCall | Cancel) {
    this.heard.push(message);
  }

  terminate() {
    this.isRunning = false;
  }

  reply(data: Reply | Beat) {
    this.onmessage?.call(
      this as unknown as Worker,
      new MessageEvent('message', { data }),
    );
  }
}

let worker: FakeWorker;
let connection: Connection;
beforeEach(() => {
  worker = new FakeWorker();
  connection = new Connection(worker);
});

const cancelled = { failure: { kind: 'cancelled' } };

test('an answer comes to the one who asked', async () => {
  const first = connection.ask('paths', { path: '/a' });
  const second = connection.ask('paths', { path: '/b' });
  worker.reply({ id: 2, value: ['/b/x'] });
  worker.reply({ id: 1, value: ['/a/x'] });
  expect(await first).toEqual(['/a/x']);
  expect(await second).toEqual(['/b/x']);
});

test('a failure comes with its reason', async () => {
  const answer = connection.ask('paths', { path: '/' });
  worker.reply({ id: 1, failure: { kind: 'empty' } });
  await expect(answer).rejects.toMatchObject({ failure: { kind: 'empty' } });
});

test('what is aborted is taken back from the worker', async () => {
  const abort = new AbortController();
  const answer = connection.ask('paths', { path: '/' }, abort.signal);
  abort.abort();
  await expect(answer).rejects.toMatchObject(cancelled);
  expect(worker.heard.at(-1)).toEqual({ id: 1, operation: 'cancel' });
});

test('the worker ends with the connection', async () => {
  const answer = connection.ask('paths', { path: '/' });
  connection.dispose();
  expect(worker.isRunning).toBe(false);
  await expect(answer).rejects.toMatchObject(cancelled);
});

test('a worker that has crashed is ended, and everybody is told', async () => {
  const crashed: unknown[] = [];
  connection.crashed.connect((_, failure) => crashed.push(failure));
  const answers = [1, 2].map(() => connection.ask('paths', { path: '/' }));
  worker.reply({ id: 1, failure: { kind: 'crashed', detail: 'trap' } });
  const failure = { kind: 'crashed', detail: 'trap' };
  for (const answer of answers) {
    await expect(answer).rejects.toMatchObject({ failure });
  }
  expect(worker.isRunning).toBe(false);
  expect(crashed).toEqual([failure]);
  const late = connection.ask('paths', { path: '/' });
  await expect(late).rejects.toMatchObject({ failure });
});

describe('a worker that hangs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('is ended, and its caller told', async () => {
    const answer = connection.ask('paths', { path: '/' });
    const failed = expect(answer).rejects.toMatchObject({
      failure: {
        kind: 'crashed',
        detail: 'It gave no sign of life for 20 s.',
      },
    });
    await jest.advanceTimersByTimeAsync(20_000);
    await failed;
    expect(worker.isRunning).toBe(false);
  });

  test('is not one that says that it lives, or waits for the server', async () => {
    const answer = connection.ask('paths', { path: '/' });
    for (const network of [false, true, false]) {
      worker.reply({ network });
      await jest.advanceTimersByTimeAsync(network ? 80_000 : 19_000);
    }
    expect(worker.isRunning).toBe(true);
    worker.reply({ id: 1, value: [] });
    expect(await answer).toEqual([]);
    await jest.advanceTimersByTimeAsync(600_000);
    expect(worker.isRunning).toBe(true);
  });
});
