import { ServerConnection } from '@jupyterlab/services';
import { connectCatalogue } from './connection.js';

/** What jsdom lacks: enough of a `Request` for Lab to sign and for us to look at. */
class FakeRequest {
  readonly headers: Headers;
  readonly credentials: RequestCredentials | undefined;
  constructor(
    readonly url: string,
    init: RequestInit,
  ) {
    this.headers = new Headers(init.headers);
    this.credentials = init.credentials;
  }
}

const PAGE = 'https://hub.example/user/alice/lab';
const signal = new AbortController().signal;
let asked: FakeRequest[];

/** The edge: remembers what is asked, and answers with an empty list. */
function fakeFetch(
  input: string | FakeRequest,
  init: RequestInit = {},
): Promise<{ ok: boolean; text: () => Promise<string> }> {
  asked.push(typeof input === 'string' ? new FakeRequest(input, init) : input);
  const body = JSON.stringify({ items: [], asOf: '', problems: [] });
  return Promise.resolve({ ok: true, text: () => Promise.resolve(body) });
}

function connect(url: string) {
  const settings = ServerConnection.makeSettings({
    baseUrl: 'https://hub.example/user/alice/',
    token: 'page-token',
  });
  return connectCatalogue(url, PAGE, settings);
}

beforeEach(() => {
  asked = [];
  Object.assign(globalThis, { fetch: fakeFetch, Request: FakeRequest });
});

test.each([
  ['/services/beamtime/', 'https://hub.example/services/beamtime/'],
  ['https://s.example/beamtime/', 'https://s.example/beamtime/'],
  // Another person's server is not ours.
  ['/user/bob/beamtime/', 'https://hub.example/user/bob/beamtime/'],
])('asks %s with the page token and no cookies', async (url, at) => {
  await connect(url).list({}, signal);
  expect(asked[0]?.url).toBe(`${at}api/v1/experiments`);
  expect(asked[0]?.credentials).toBe('omit');
  expect(asked[0]?.headers.get('Authorization')).toBe('Bearer page-token');
});

test('asks its own Jupyter server as Jupyter does', async () => {
  await connect('/user/alice/beamtime/').list({}, signal);
  expect(asked[0]?.url).toMatch(
    /^https:\/\/hub.example\/user\/alice\/beamtime\/api\/v1\/experiments/,
  );
  expect(asked[0]?.headers.get('Authorization')).toBe('token page-token');
});

test('without anybody to ask it says so', async () => {
  await expect(connect('').list({}, signal)).rejects.toMatchObject({
    failure: 'refused',
  });
  expect(asked).toEqual([]);
});
