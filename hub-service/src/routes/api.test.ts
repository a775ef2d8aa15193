import { DatasetPage, Experiment, ExperimentPage } from '@beamtime/contract';
import { runningService } from '../testing/running-service.js';

const bearer = (token: string, more: Record<string, string> = {}) => ({
  headers: { authorization: `Bearer ${token}`, ...more },
});

test('knows whose page token it is, and of which session', async () => {
  await using service = await runningService();
  service.hub.admins.add('ada');
  const me = async (token: string) =>
    (await service.get('api/v1/me', bearer(token))).json();
  expect(await me(service.hub.pageToken('alice'))).toEqual({
    user: 'alice',
    admin: false,
    groups: [],
    server: '',
  });
  expect(await me(service.hub.pageToken('ada', 'exp-4711'))).toMatchObject({
    user: 'ada',
    admin: true,
    server: 'exp-4711',
  });
});

test('serves the experiments of that person only', async () => {
  await using service = await runningService();
  const token = bearer(service.hub.pageToken('alice'));
  const list = ExperimentPage.parse(
    await (
      await service.get('api/v1/experiments?limit=1&text=crack', token)
    ).json(),
  );
  expect(list.items.map(({ ref }) => ref.id)).toEqual(['steel']);
  expect(list.total).toBe(2);
  const one = await service.get('api/v1/experiments/embedded%3Asteel', token);
  expect(Experiment.parse(await one.json()).proposal).toBe('MA-5127');
  const data = await service.get(
    'api/v1/experiments/embedded%3Asteel/datasets',
    token,
  );
  expect(DatasetPage.parse(await data.json()).items).toHaveLength(1);

  const bob = bearer(service.hub.pageToken('bob'));
  for (const path of ['embedded%3Asteel', 'embedded%3Asteel/datasets', 'x']) {
    const refused = await service.get(`api/v1/experiments/${path}`, bob);
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({ code: 'not-found' });
  }
});

test.each([
  ['none', 401, 'signed-out'],
  ['unknown', 401, 'signed-out'],
  ['kernel', 403, 'forbidden'],
  ['shared', 403, 'forbidden'],
  ['service', 401, 'signed-out'],
])('refuses a call with the token %j', async (token, status, code) => {
  await using service = await runningService();
  const { tokens } = service.hub;
  tokens.set('kernel', {
    kind: 'user',
    name: 'alice',
    scopes: ['access:servers!server=alice/'],
  });
  // Of alice's session, held by its process, but the visitor is bob.
  tokens.set('shared', {
    kind: 'user',
    name: 'bob',
    scopes: ['custom:beamtime:api!server=alice/'],
  });
  tokens.set('service', {
    kind: 'service',
    name: 'x',
    scopes: ['custom:beamtime:api!server=x/'],
  });
  const refused = await service.get(
    'api/v1/experiments',
    token === 'none' ? {} : bearer(token),
  );
  expect(refused.status).toBe(status);
  expect(await refused.json()).toMatchObject({ code });
});

test('asks the hub once for many calls', async () => {
  await using service = await runningService();
  const token = bearer(service.hub.pageToken('alice'));
  await Promise.all(
    Array.from({ length: 10 }, () => service.get('api/v1/me', token)),
  );
  expect(service.hub.asked).toEqual(['/hub/api/user']);
});

test('says so when the hub is away, and asks again', async () => {
  await using service = await runningService();
  const token = bearer(service.hub.pageToken('alice'));
  await service.hub.stop();
  const away = await service.get('api/v1/me', token);
  expect(away.status).toBe(503);
  expect(await away.json()).toMatchObject({ code: 'unavailable' });
});

test.each([
  ['1', 200],
  ['0', 200],
  ['99', 409],
  ['old', 409],
])('answers contract version %s with %d', async (version, status) => {
  await using service = await runningService();
  const token = service.hub.pageToken('alice');
  const answer = await service.get(
    'api/v1/me',
    bearer(token, { 'x-beamtime-contract': version }),
  );
  expect(answer.status).toBe(status);
});

test.each(['limit=0', 'limit=1000', 'limit=x', 'cursor=x', 'text=a&text=b'])(
  'refuses the query %s',
  async (query) => {
    await using service = await runningService();
    const refused = await service.get(
      `api/v1/experiments?${query}`,
      bearer(service.hub.pageToken('alice')),
    );
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'bad-request' });
  },
);

test('lets no other origin in on a hub of one domain', async () => {
  await using service = await runningService();
  const answer = await service.get('api/v1/me', {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example.org' },
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});

test.each([
  ['https://alice.hub.example.org', true],
  ['https://hub.example.org', true],
  ['http://alice.hub.example.org', false],
  ['https://evil-hub.example.org', false],
  ['https://hub.example.org.evil.net', false],
  ['null', false],
])('with subdomain_host lets in %s: %s', async (origin, allowed) => {
  await using service = await runningService({
    env: { JUPYTERHUB_HOST: 'https://hub.example.org' },
  });
  const { headers } = await service.get('api/v1/me', {
    method: 'OPTIONS',
    headers: { origin },
  });
  expect(headers.get('access-control-allow-origin')).toBe(
    allowed ? origin : null,
  );
  expect(headers.get('access-control-allow-credentials')).toBeNull();
});
