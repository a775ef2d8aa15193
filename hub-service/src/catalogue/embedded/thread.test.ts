import type { Listener, Port } from './port.js';
import { Thread } from './thread.js';

const SETTING = { file: '/nowhere', source: 'embedded', dataRoots: [] };
const LIMITS = { stuckMs: 60_000, megabytes: 8 };
const SIZE = { call: 'size' } as const;

/** Ports that do with each message what the test says; how many were opened is counted. */
function ports(does: (listener: Listener, message: { id: number }) => void) {
  const opened: Port[] = [];
  const open = (_: unknown, __: number, listener: Listener): Port => {
    const port = {
      post: (message: { id: number }) => does(listener, message),
      close: () => Promise.resolve(),
    };
    opened.push(port);
    return port;
  };
  return { opened, open };
}

test('a thread that ends is missed once, and started again by the next question', async () => {
  let falls = true;
  const { opened, open } = ports((listener, { id }) => {
    if (falls) {
      listener.ended();
    } else {
      listener.told({ id, value: 7 });
    }
  });
  const thread = new Thread(SETTING, LIMITS, open);
  await expect(thread.ask(SIZE)).rejects.toMatchObject({ kind: 'unavailable' });
  falls = false;
  expect(await thread.ask(SIZE)).toBe(7);
  expect(opened).toHaveLength(2);
});

test('a thread that is stuck is replaced', async () => {
  const { opened, open } = ports(() => undefined);
  const thread = new Thread(SETTING, { ...LIMITS, stuckMs: 1 }, open);
  await expect(thread.ask(SIZE)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(thread.ask(SIZE)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(opened).toHaveLength(2);
});

test('who gives up is not waited for, and a late answer harms nobody', async () => {
  const asked: number[] = [];
  const late: Listener[] = [];
  const { open } = ports((listener, { id }) => {
    asked.push(id);
    late.push(listener);
  });
  const thread = new Thread(SETTING, LIMITS, open);
  const giveUp = new AbortController();
  const answer = thread.ask(SIZE, giveUp.signal);
  const refused = expect(answer).rejects.toMatchObject({ kind: 'timeout' });
  giveUp.abort();
  await refused;
  late[0]?.told({ id: asked[0], value: 7 });
  const second = thread.ask(SIZE);
  late[1]?.told({ id: asked[1], value: 8 });
  expect(await second).toBe(8);
});

test.each([
  ['query', { code: 'bad-request' }],
  ['source', { message: 'because' }],
  ['ours', { message: 'because' }],
])('a fault of kind %s comes back as what it is', async (fault, error) => {
  const { open } = ports((listener, { id }) => {
    listener.told({ id, fault, message: 'because' });
  });
  const thread = new Thread(SETTING, LIMITS, open);
  await expect(thread.ask(SIZE)).rejects.toMatchObject(error);
});
