import { writeFileSync } from 'node:fs';
import { ExperimentPage } from '@beamtime/contract';
import { temporaryFolder } from '../testing/facility.js';
import { PanoscLike } from '../testing/panosc-like.js';
import { RecordedServer } from '../testing/recorded-server.js';
import { runningService } from '../testing/running-service.js';
import { ScicatLike } from '../testing/scicat-like.js';

/** A SciCat that gives the service tokens for people, and a portal of open data. */
async function sources() {
  const folder = temporaryFolder();
  const passwordFile = `${folder.path}/password`;
  writeFileSync(passwordFile, 'a secret', { mode: 0o600 });
  const like = new ScicatLike();
  const scicat = new RecordedServer('scicat', (asked, recorded) => {
    switch (asked.path.replace('/api/v3/', '')) {
      case 'auth/login':
        return { body: { access_token: 'token of admin', expires_in: 3600 } };
      case 'useridentities/findOne':
        return { body: { userId: '1', profile: { username: 'alice' } } };
      case 'users/1/jwt':
        return { status: 201, body: { jwt: 'token of user1' } };
      default:
        return like.choose(asked, recorded);
    }
  });
  like.load(scicat.recorded);
  const open = new PanoscLike();
  open.documents = [
    {
      pid: '10.5072/open',
      isPublic: true,
      title: 'Open',
      startDate: '2025-01-24T12:00:00Z',
    },
  ];
  const portal = new RecordedServer('panosc', open.choose);
  const catalogues = [
    {
      name: 'neutrons',
      kind: 'scicat',
      label: 'The neutron catalogue',
      url: `${await scicat.start()}/api`,
      auth: { kind: 'service', username: 'beamtime', passwordFile },
    },
    {
      name: 'open',
      kind: 'panosc',
      label: 'Open data',
      url: `${await portal.start()}/api`,
    },
  ];
  return {
    scicat,
    portal,
    catalogues,
    [Symbol.asyncDispose]: async () => {
      await scicat[Symbol.asyncDispose]();
      await portal[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test('one list of several real catalogues; one that hangs is named and costs the others nothing', async () => {
  await using world = await sources();
  await using service = await runningService({
    config: (site) => ({
      ...site,
      catalogue: undefined,
      catalogues: world.catalogues,
    }),
  });
  const headers = {
    authorization: `Bearer ${service.hub.pageToken('alice')}`,
  };
  const list = async (query: string) => {
    const answer = await service.get(`api/v1/experiments?${query}`, {
      headers,
    });
    return ExperimentPage.parse(await answer.json());
  };
  /** Asks again while a source is missed that is only slow, as on a busy machine. */
  const listWithout = async (missed: string[], query: string) => {
    for (;;) {
      const page = await list(query);
      const missing = page.problems.map(({ source }) => source);
      if (missing.every((source) => missed.includes(source))) {
        return page;
      }
    }
  };
  const page = await listWithout([], 'limit=3');
  expect(page.problems).toEqual([]);
  expect(page.items.map(({ ref }) => `${ref.source}:${ref.id}`)).toEqual([
    'neutrons:MA1025',
    'open:10.5072/open',
    'neutrons:MA1023',
  ]);
  const next = await listWithout([], `limit=3&cursor=${page.next}`);
  expect(next.items).toMatchObject([
    { proposal: 'MA1022' },
    { proposal: 'MA1020' },
    { proposal: 'MA1019' },
  ]);
  world.portal.fault = { kind: 'hang' };
  const missing = await listWithout(['open'], 'limit=2&text=proposal');
  expect(missing.items).toMatchObject([
    { proposal: 'MA1025' },
    { proposal: 'MA1023' },
  ]);
  expect(missing.problems).toMatchObject([
    { source: 'open', label: 'Open data' },
  ]);
}, 120_000);
