import { sessionForm } from '../testing/fixtures.js';
import { HubClient, HubError, type Answer } from './client.js';

const { signal } = new AbortController();

/** A hub that gives the answer it was told to give. */
class FakeHub {
  readonly asked: { url: string; headers: unknown }[] = [];
  /** Method and body of the last question. */
  last: { method?: unknown; body?: unknown } = {};
  answer: Partial<Answer> & { body?: unknown } = {};

  readonly client = new HubClient(
    '/hub/',
    { user: 'al', server: 'my one' },
    'token',
    async (url, init) => {
      this.asked.push({ url, headers: init.headers });
      this.last = { method: init.method, body: init.body };
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
      url: '/hub/beamtime/form?server=my+one&user=al',
      headers: { Accept: 'application/json', 'X-XSRFToken': 'token' },
    },
  ]);
});

test('asks for experiments by text', async () => {
  const hub = new FakeHub();
  const page = { items: [], asOf: '', problems: [] };
  hub.answer = { body: page };
  await expect(hub.client.experiments('a&b', signal)).resolves.toEqual(page);
  expect(hub.asked[0]?.url).toBe(
    '/hub/beamtime/experiments?text=a%26b&user=al',
  );
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
  const client = new HubClient('/hub/', { user: '', server: '' }, '', () =>
    Promise.reject(new TypeError('Failed to fetch')),
  );
  await expect(client.form(signal)).rejects.toThrow(
    'The hub does not answer. Check your network.',
  );
});

test('an aborted question is no failure of the hub', async () => {
  const client = new HubClient('/hub/', { user: '', server: '' }, '', () =>
    Promise.reject(new TypeError('aborted')),
  );
  const error: unknown = await client
    .form(AbortSignal.abort())
    .catch((e: unknown) => e);
  expect(error).not.toBeInstanceOf(HubError);
});

test('asks for a preview, keeps and forgets presets', async () => {
  const hub = new FakeHub();
  hub.answer = { body: { ok: false, errors: [] } };
  await hub.client.preview('{"nprocs":1}', signal);
  expect(hub.last).toEqual({
    method: 'POST',
    body: '{"server":"my one","options":{"nprocs":1}}',
  });
  hub.answer = { body: { presets: [] } };
  const request = { partition: 'cpu', nprocs: 1, runtime: '1' };
  await hub.client.keepPreset({ name: 'a/b', request }, signal);
  expect(hub.last).toEqual({
    method: 'PUT',
    body: JSON.stringify({ request }),
  });
  await hub.client.forgetPreset('a/b', signal);
  expect(hub.last.method).toBe('DELETE');
  expect(hub.asked.map(({ url }) => url)).toEqual([
    '/hub/beamtime/preview?user=al',
    '/hub/beamtime/presets/a%2Fb?user=al',
    '/hub/beamtime/presets/a%2Fb?user=al',
  ]);
});

test.each([
  [201, true],
  [409, false],
])(
  'a session whose name is answered with %s is new: %s',
  async (status, made) => {
    const hub = new FakeHub();
    hub.answer = { status, ok: status < 400, body: { message: 'x' } };
    expect(await hub.client.nameSession('one', 'One', signal)).toBe(made);
    expect(hub.asked[0]?.url).toBe('/hub/api/users/al/servers/one');
  },
);

test('says in the hub’s words why a session cannot have a name', async () => {
  const hub = new FakeHub();
  hub.answer = { status: 400, ok: false, body: { message: 'You have 4.' } };
  await expect(hub.client.nameSession('a', 'A', signal)).rejects.toThrow(
    'You have 4.',
  );
});
