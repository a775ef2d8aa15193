import { DesktopClient, type Request } from './client.js';

interface Asked {
  url: string;
  method: string;
  ticket: string | null;
  body: unknown;
}

/** Jupyter's server: gives tickets 1, 2, …, and answers as told to. */
class FakeServer {
  answer: (url: string) => Response = () => json({ desktops: [] });
  readonly asked: Asked[] = [];
  tickets = 0;

  readonly request: Request = async (url, init) => {
    await Promise.resolve();
    const { method = 'GET', body, headers } = init;
    this.asked.push({
      url,
      method,
      ticket: new Headers(headers).get('X-Beamtime-Ticket'),
      body: typeof body === 'string' ? JSON.parse(body) : undefined,
    });
    if (url.endsWith('/ticket')) {
      this.tickets += 1;
      return json({ ticket: String(this.tickets) });
    }
    return this.answer(url);
  };
}

/** jsdom has no Response. This is as much of one as the client uses. */
function answer(status: number, body: () => unknown): Response {
  return {
    ok: status < 400,
    status,
    json: async () => Promise.resolve(body()),
  } as Response;
}
const json = (body: unknown, status = 200) => answer(status, () => body);
const html = (status: number) =>
  answer(status, () => {
    throw new SyntaxError('not JSON');
  });

function setUp() {
  const server = new FakeServer();
  const urls = { baseUrl: 'http://lab/user/x/', wsUrl: 'ws://lab/user/x/' };
  return { server, client: new DesktopClient(urls, server.request) };
}

const running = {
  name: 'main',
  program: { id: 'xterm', title: 'Terminal' },
  state: 'running',
  ended: null,
};

test('starts a desktop with a ticket for it', async () => {
  const { server, client } = setUp();
  server.answer = () => json(running);
  const wish = { name: 'main', program: 'xterm', width: 800, height: 600 };
  expect(await client.start(wish)).toMatchObject(running);
  expect(server.asked).toEqual([
    {
      url: 'http://lab/user/x/beamtime/desktop/ticket',
      method: 'POST',
      ticket: null,
      body: { desktop: 'main' },
    },
    {
      url: 'http://lab/user/x/beamtime-desktop/api/desktops',
      method: 'POST',
      ticket: '1',
      body: wish,
    },
  ]);
});

test('uses no ticket twice', async () => {
  const { server, client } = setUp();
  expect(await client.address('main')).toBe(
    'ws://lab/user/x/beamtime/desktop/ws?desktop=main&ticket=1',
  );
  server.answer = () => json(null, 204);
  await client.shutDown('main');
  expect(server.asked.at(-1)).toMatchObject({ method: 'DELETE', ticket: '2' });
  expect(await client.address('main')).toContain('ticket=3');
});

test('to shut down what has gone is no failure', async () => {
  const { server, client } = setUp();
  server.answer = () => json({ message: 'There is no desktop main.' }, 404);
  await expect(client.shutDown('main')).resolves.toBeUndefined();
});

test.each([
  [
    'refused',
    'Only the owner',
    () => json({ message: 'Only the owner…' }, 403),
  ],
  ['refused', 'jupyter-server-proxy', () => html(404)],
  ['unreachable', 'HTTP 502', () => html(502)],
  ['not-understood', 'different versions', () => json({ desktops: [1] })],
  ['not-understood', 'different versions', () => html(200)],
] as const)('fails as %s: %s', async (failure, words, answer_) => {
  const { server, client } = setUp();
  server.answer = answer_;
  const failed = client.list();
  await expect(failed).rejects.toMatchObject({ failure });
  await expect(failed).rejects.toThrow(words);
});

test('says why the gateway does not start, which cannot say it', async () => {
  const { server, client } = setUp();
  const problem = 'The disk of this machine is full (/tmp).';
  server.answer = (url) =>
    url.endsWith('beamtime/desktop/problem') ? json({ problem }) : html(500);
  await expect(client.list()).rejects.toThrow(problem);
  server.answer = (url) =>
    url.endsWith('/problem') ? json({ problem: null }) : html(500);
  await expect(client.list()).rejects.toThrow('HTTP 500');
});

test('fails as unreachable without a network', async () => {
  const { server, client } = setUp();
  server.answer = () => {
    throw new TypeError('Failed to fetch');
  };
  await expect(client.list()).rejects.toMatchObject({ failure: 'unreachable' });
});
