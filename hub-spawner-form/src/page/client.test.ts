import { sessionForm } from '../testing/fixtures.js';
import { HubClient, HubError, type Answer } from './client.js';

const { signal } = new AbortController();

/** A hub that gives the answer it was told to give. */
class FakeHub {
  readonly asked: { url: string; headers: unknown }[] = [];
  answer: Partial<Answer> & { body?: unknown } = {};

  readonly client = new HubClient(
    '/hub/',
    'my one',
    'token',
    async (url, init) => {
      this.asked.push({ url, headers: init.headers });
      await Promise.resolve();
      const { body, ...more } = this.answer;
      return {
        ok: true,
        status: 200,
        redirected: false,
        headers: { get: () => null },
        json: () =>
          body === undefined
            ? Promise.reject(new SyntaxError('no JSON'))
            : Promise.resolve(body),
        ...more,
      };
    },
  );
}

test('asks for the form of this session, with the token', async () => {
  const hub = new FakeHub();
  hub.answer = {
    body: sessionForm(),
    headers: { get: () => 'Sat, 21 Nov 2026 14:02:00 GMT' },
  };
  await expect(hub.client.form(signal)).resolves.toEqual({
    form: sessionForm(),
    hubTime: Date.UTC(2026, 10, 21, 14, 2),
  });
  expect(hub.asked).toEqual([
    {
      url: '/hub/beamtime/form?server=my%20one',
      headers: { Accept: 'application/json', 'X-XSRFToken': 'token' },
    },
  ]);
});

test('asks for experiments by text', async () => {
  const hub = new FakeHub();
  const page = { items: [], asOf: '', problems: [] };
  hub.answer = { body: page };
  await expect(hub.client.experiments('a&b', signal)).resolves.toEqual(page);
  expect(hub.asked[0]?.url).toBe('/hub/beamtime/experiments?text=a%26b');
});

test.each<[string, FakeHub['answer'], string]>([
  [
    'in the hub’s own words',
    { ok: false, status: 503, body: { message: 'Slurm is away.' } },
    'Slurm is away.',
  ],
  [
    'as signed out',
    { ok: false, status: 403 },
    'You are signed out. Reload the page to sign in.',
  ],
  [
    'as signed out when sent to another page',
    { redirected: true },
    'You are signed out. Reload the page to sign in.',
  ],
  [
    'with the status where there are no words',
    { ok: false, status: 502 },
    'The hub failed with status 502.',
  ],
  [
    'as another version',
    { body: { cluster: 1 } },
    'The hub and this page are of different versions. Reload the page.',
  ],
  [
    'as another version when it is no JSON',
    {},
    'The hub and this page are of different versions. Reload the page.',
  ],
])('fails %s', async (_how, answer, message) => {
  const hub = new FakeHub();
  hub.answer = answer;
  const error: unknown = await hub.client.form(signal).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(HubError);
  expect(error).toMatchObject({ message });
});

test('fails in words when the network does', async () => {
  const client = new HubClient('/hub/', '', '', () =>
    Promise.reject(new TypeError('Failed to fetch')),
  );
  await expect(client.form(signal)).rejects.toThrow(
    'The hub does not answer. Check your network.',
  );
});

test('an aborted question is no failure of the hub', async () => {
  const client = new HubClient('/hub/', '', '', () =>
    Promise.reject(new TypeError('aborted')),
  );
  const error: unknown = await client
    .form(AbortSignal.abort())
    .catch((e: unknown) => e);
  expect(error).not.toBeInstanceOf(HubError);
});
