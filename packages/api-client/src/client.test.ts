import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './error.js';
import { ExperimentClient } from './experiments.js';
import { SessionClient } from './session.js';

interface Reply {
  status: number;
  body: string;
}

/** A real server on loopback that gives the answer it was told to give. */
class FakeService {
  reply: Reply = { status: 200, body: '{}' };
  asked: { request: IncomingMessage; body: string }[] = [];
  readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      this.asked.push({ request, body });
      response.statusCode = this.reply.status;
      response.end(this.reply.body);
    });
  });

  get url(): URL {
    const { port } = this.server.address() as AddressInfo;
    return new URL(`http://127.0.0.1:${port}/services/beamtime/`);
  }
}

const service = new FakeService();
const signal = new AbortController().signal;
let client: ExperimentClient;

beforeAll(
  () =>
    new Promise<void>((done) => service.server.listen(0, '127.0.0.1', done)),
);
afterAll(() => new Promise((done) => service.server.close(done)));
beforeEach(() => {
  service.asked = [];
  client = new ExperimentClient(service.url, (url, init) => fetch(url, init));
});

function answer(body: unknown, status = 200): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  service.reply = { status, body: text };
}

const experiment = {
  ref: { source: 'icat', id: 'inv:42' },
  proposal: 'MA-5127',
  title: 'Crack growth',
  instrument: { name: 'BX11' },
  visibility: 'member',
  people: [],
  pids: [],
};
const page = {
  items: [experiment],
  asOf: '2026-11-20T10:00:00Z',
  problems: [],
};

test('asks for a part of the list, in the version that it speaks', async () => {
  answer(page);
  const { items } = await client.list(
    { text: 'duplex steel', limit: 50, cursor: '' },
    signal,
  );
  expect(items[0]?.proposal).toBe('MA-5127');
  const { url, headers } = service.asked[0]?.request ?? {};
  expect(url).toBe(
    '/services/beamtime/api/v1/experiments?text=duplex+steel&limit=50',
  );
  expect(headers?.['x-beamtime-contract']).toBe('1');
});

test('writes a key so that its colons and slashes stay one part of the path', async () => {
  answer(experiment);
  await client.get('icat:a/b', signal);
  answer({ items: [], asOf: '', problems: [] });
  await client.datasets('icat:a/b', {}, signal);
  await client.files('icat:a/b', 'd/1', { limit: 5 }, signal);
  expect(service.asked.map(({ request }) => request.url)).toEqual([
    '/services/beamtime/api/v1/experiments/icat%3Aa%2Fb',
    '/services/beamtime/api/v1/experiments/icat%3Aa%2Fb/datasets',
    '/services/beamtime/api/v1/experiments/icat%3Aa%2Fb/datasets/d%2F1/files?limit=5',
  ]);
});

test.each([
  [401, { code: 'signed-out', message: 'Sign in.' }, 'signed-out', 'Sign in.'],
  [403, { code: 'forbidden', message: 'Not yours.' }, 'refused', 'Not yours.'],
  [404, { code: 'not-found', message: 'None.' }, 'refused', 'None.'],
  [409, { code: 'contract-too-old', message: 'Old.' }, 'outdated', 'Old.'],
  [503, { code: 'unavailable', message: 'Away.' }, 'unreachable', 'Away.'],
  [403, '<html>', 'signed-out', 'Sign in at the hub'],
  [503, '<html>', 'unreachable', 'is away (503)'],
  [418, '', 'refused', '(418)'],
  [200, '<html>', 'not-understood', 'does not understand'],
  [200, { ...page, items: [{ id: 1 }] }, 'not-understood', 'Reload'],
])('%d with %j fails as %s', async (status, body, failure, words) => {
  answer(body, status);
  const error: unknown = await client
    .list({}, signal)
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    failure,
    message: expect.stringContaining(words) as string,
  });
});

test('a service that does not answer is unreachable', async () => {
  const gone = new ExperimentClient(service.url, () =>
    Promise.reject(new TypeError('fetch failed')),
  );
  await expect(gone.list({}, signal)).rejects.toMatchObject({
    failure: 'unreachable',
  });
});

test('an abort is an abort, not a failure of the service', async () => {
  const abort = new AbortController();
  const asked = client.list({}, abort.signal);
  abort.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

test('asks the session to link an experiment', async () => {
  const link = {
    key: 'icat:1',
    slug: 'MA-5127-BX11',
    title: '',
    raw: 'Experiments/MA-5127-BX11/raw',
    processed: null,
    problems: ['There is no folder yet.'],
  };
  answer(link);
  const session = new SessionClient(service.url, (url, init) =>
    fetch(url, init),
  );
  await expect(session.link('icat:1', signal)).resolves.toEqual(link);
  const asked = service.asked.find(({ request }) => request.method === 'POST');
  expect(asked?.request.url).toBe(
    '/services/beamtime/beamtime/experiments/link',
  );
  expect(asked?.body).toBe('{"key":"icat:1"}');
  answer({ experiments: [link], problems: [] });
  await expect(session.status(signal)).resolves.toEqual({
    experiments: [link],
    problems: [],
  });
});
