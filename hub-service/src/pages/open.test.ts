import { browserOf, cookieOf, fieldOf } from '../testing/browser.js';
import { FACILITY } from '../testing/facility.js';
import { runningService } from '../testing/running-service.js';

const STEEL = 'open?experiment=embedded%3Asteel';
const FILE = `${STEEL}&file=raw/scan_0001.nxs&path=/entry/data`;
const LAB =
  'lab?beamtime-experiment=embedded%3Asteel&amp;beamtime-file=raw%2Fscan_0001.nxs&amp;beamtime-at=%2Fentry%2Fdata';
const NOTHING = 'leads to nothing that you may see here';

const LAST = { partition: 'local', nprocs: 1, runtime: '1:00:00' };

/** Somebody has started a session before. */
async function startedBefore(
  { ask }: Awaited<ReturnType<typeof runningService>>,
  name: string,
  more: object = {},
) {
  const plan = await ask('plan', {
    caller: { name, admin: false, groups: [], unixGroups: null },
    server: '',
    options: { ...LAST, ...more },
    starting: true,
  });
  expect(plan.body).toMatchObject({ ok: true });
}

test('a link says what it leads to, and starts nothing', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const page = await alice.get(FILE);
  expect(page.status).toBe(200);
  expect(page.text).toContain('MA-5127 · Crack growth in duplex steel');
  expect(page.text).toContain('raw/scan_0001.nxs');
  expect(page.text).toContain('/entry/data');
  // Nothing was started before, so that there is nothing to repeat.
  expect(page.text).toContain(
    'href="/jupyter/hub/spawn#experiments=embedded%3Asteel&amp;default_url=',
  );
  expect(page.text).not.toContain('<form method="post"');
  expect(service.hub.started).toEqual([]);
});

test.each(['10.5072/MA-5127', 'https://doi.org/10.5072/ma-5127'])(
  'a DOI leads to its experiment: %s',
  async (doi) => {
    await using service = await runningService();
    const alice = await browserOf(service, 'alice');
    const page = await alice.get(`open?doi=${encodeURIComponent(doi)}`);
    expect(page.text).toContain('MA-5127 · Crack growth in duplex steel');
  },
);

test('one click starts a session as the last one was, opened on the data', async () => {
  await using service = await runningService();
  await startedBefore(service, 'alice', { reservation: undefined });
  const alice = await browserOf(service, 'alice');
  const page = await alice.get(FILE);
  expect(page.text).toContain('As last time: 1 core on local for 1 hour');
  const started = await alice.post(
    FILE,
    { xsrf: fieldOf(page.text, 'xsrf'), server: fieldOf(page.text, 'server') },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' },
  );
  expect(started.status).toBe(303);
  expect(started.location).toBe('/jupyter/hub/spawn-pending/alice');
  expect(service.hub.started).toEqual([
    {
      // Her own: the service may start nothing by itself.
      token: 'oauth-alice',
      url: '/hub/api/users/alice/server',
      body: {
        user_options: {
          ...LAST,
          experiments: ['embedded:steel'],
          default_url: `/${LAB.replaceAll('&amp;', '&')}`,
        },
      },
    },
  ]);
});

test('where a link has led is not where the next session opens', async () => {
  await using service = await runningService();
  await startedBefore(service, 'alice', {
    default_url: '/lab?beamtime-experiment=embedded%3Asteel',
  });
  const { body } = await service.ask('form', {
    caller: { name: 'alice', admin: false, groups: [], unixGroups: null },
    server: '',
  });
  expect(body).toMatchObject({ last: LAST });
  expect(JSON.stringify(body)).not.toContain('default_url');
});

test('a start that is refused is told in the hub’s words, with the form as a way on', async () => {
  await using service = await runningService();
  await startedBefore(service, 'alice');
  service.hub.startAnswer = { status: 400, message: 'local is <closed>.' };
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(STEEL);
  const refused = await alice.post(STEEL, {
    xsrf: fieldOf(text, 'xsrf'),
    server: '',
  });
  expect(refused.text).toContain('local is &lt;closed&gt;.');
  expect(refused.text).toContain('/jupyter/hub/spawn#experiments=');
});

test.each([
  [{ xsrf: 'guess' }, {}],
  [{}, { 'sec-fetch-site': 'cross-site' }],
  [{}, { 'sec-fetch-site': 'same-site' }],
  [{}, { 'sec-fetch-mode': 'cors' }],
])('nobody else’s page starts a session: %j %j', async (fields, headers) => {
  await using service = await runningService();
  await startedBefore(service, 'alice');
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(STEEL);
  const xsrf = fieldOf(text, 'xsrf');
  const answer = await alice.post(
    STEEL,
    { xsrf, server: '', ...fields },
    { ...headers },
  );
  expect(answer.status).toBe(403);
  expect(service.hub.started).toEqual([]);
});

test('the session that has the experiment comes first, and one click opens it', async () => {
  await using service = await runningService({
    config: (site) => ({ ...site, namedSessions: { limit: 5 } }),
  });
  await startedBefore(service, 'alice');
  service.hub.run('alice', {
    user_options: { experiments: ['embedded:other'] },
  });
  service.hub.run('alice', {
    name: 'tomo',
    display_name: 'Strain maps',
    user_options: { experiments: ['embedded:steel'] },
    // With subdomains the hub gives the whole address.
    full_url: 'https://alice.hub.example.org/jupyter/user/alice/tomo/',
  });
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(FILE);
  expect(text).toContain(
    `href="https://alice.hub.example.org/jupyter/user/alice/tomo/${LAB}"`,
  );
  expect(text).toContain('Strain maps');
  expect(text).not.toContain('is added to it');
  expect(fieldOf(text, 'server')).toBe('ma-5127-bx11-1');
});

test('a session that runs without it is given it', async () => {
  await using service = await runningService();
  service.hub.run('alice');
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(FILE);
  expect(text).toContain('MA-5127 is added to it.');
  expect(text).toContain(`href="/jupyter/user/alice/${LAB}"`);
  expect(text).not.toContain('In a new session');
});

test('a session that is being started leads to the data when it is there', async () => {
  await using service = await runningService();
  service.hub.run('alice', {
    ready: false,
    pending: 'spawn',
    started: null,
    user_options: { experiments: ['embedded:steel'] },
  });
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(FILE);
  expect(text).toContain('In the session that is starting');
  const next = encodeURIComponent(
    `/jupyter/user/alice/${LAB.replaceAll('&amp;', '&')}`,
  );
  expect(text).toContain(`/jupyter/hub/spawn-pending/alice?next=${next}"`);
});

test.each([
  `${STEEL}&file=raw/../../etc/passwd`,
  `${STEEL}&file=/etc/passwd`,
  `${STEEL}&file=https://evil.example.org/x.nxs`,
])('a file elsewhere is refused in words: %s', async (link) => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const page = await alice.get(link);
  expect(page.status).toBe(404);
  expect(page.text).toContain('does not lie in the folders raw or processed');
  // Who may not see the experiment learns nothing of it by asking for files either.
  const eve = await browserOf(service, 'eve');
  expect((await eve.get(link)).text).toContain(NOTHING);
});

test.each([
  'open',
  'open?doi=nonsense',
  `open?doi=10.5072/${'x'.repeat(2000)}`,
  'open?experiment=a:1&experiment=a:2',
  `${STEEL}&path=/entry`,
])('a link that is broken says so, signed in or not: %#', async (link) => {
  await using service = await runningService();
  const stranger = await service.get(link);
  expect(stranger.status).toBe(400);
  expect(await stranger.text()).toContain('This link is broken.');
});

test('what is not there and what is not to be known have one answer', async () => {
  await using service = await runningService();
  const eve = await browserOf(service, 'eve');
  const answers = [];
  for (const link of [
    STEEL,
    'open?doi=10.5072/ma-5127',
    'open?experiment=embedded%3Anothing',
    'open?experiment=nowhere%3A1',
    'open?experiment=nonsense',
    'open?doi=10.5072/nothing',
  ]) {
    answers.push(await eve.get(link));
  }
  const [first, ...others] = answers.map(({ status, text }) => [status, text]);
  expect(first?.[0]).toBe(404);
  expect(first?.[1]).toContain(NOTHING);
  expect(first?.[1]).toContain('this one is eve');
  for (const other of others) {
    expect(other).toEqual(first);
  }
});

test('a stranger is shown open data, and asked to sign in for the rest', async () => {
  await using service = await runningService();
  const open = 'open?experiment=embedded%3Amarble';
  const shown = await service.get(open);
  const text = await shown.text();
  expect(shown.status).toBe(200);
  expect(text).toContain('ES-1290 · Pore networks');
  expect(text).not.toContain('Bob Bader');
  expect(text).toContain('open?experiment=embedded%3Amarble&amp;sign-in=1"');
  for (const link of [
    STEEL,
    'open?experiment=embedded%3Anothing',
    `${open}&sign-in=1`,
  ]) {
    const sent = await service.get(link);
    expect(sent.status).toBe(302);
    expect(sent.headers.get('location')).toContain('oauth2/authorize');
    expect(cookieOf(sent)).not.toBe('');
  }
  // Who is signed in at the hub need not be asked.
  const known = await service.get(open, {
    headers: { cookie: 'jupyterhub-session-id=x' },
  });
  expect(known.status).toBe(302);
});

test('a membership that has lapsed opens nothing any more, whatever was shown before', async () => {
  await using service = await runningService();
  await startedBefore(service, 'alice');
  const alice = await browserOf(service, 'alice');
  const { text } = await alice.get(STEEL);
  const xsrf = fieldOf(text, 'xsrf');
  expect((await alice.get('')).text).toContain('MA-5127');
  service.rewrite({
    ...FACILITY,
    experiments: FACILITY.experiments.map((experiment) => ({
      ...experiment,
      team: experiment.team.filter(({ name }) => name !== 'Alice Müller'),
    })),
  });
  const until = Date.now() + 30_000;
  let page = await alice.get(STEEL);
  while (page.status !== 404 && Date.now() < until) {
    page = await alice.get(STEEL);
  }
  expect(page.text).toContain(NOTHING);
  const again = await alice.post(STEEL, { xsrf, server: '' });
  expect(again.status).toBe(404);
  expect(service.hub.started).toEqual([]);
  // Nor does the session's own start.
  const plan = await service.ask('plan', {
    caller: { name: 'alice', admin: false, groups: [], unixGroups: null },
    server: '',
    options: { ...LAST, experiments: ['embedded:steel'] },
    starting: true,
  });
  expect(plan.body).toMatchObject({
    ok: false,
    errors: [{ field: 'experiments' }],
  });
});

test('a hub that does not tell of sessions is no reason to show nothing', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  service.hub.servers.set('alice', [{ name: '' }]);
  const list = await alice.get('');
  expect(list.text).toContain('The hub does not say at the moment');
  expect(list.text).toContain('MA-5127');
  const page = await alice.get(STEEL);
  expect(page.text).toContain('The hub does not say at the moment');
  expect(page.text).toContain('/jupyter/hub/spawn#experiments=');
});

test('with a domain for each person, links are whole and a start may lead to the hub', async () => {
  await using service = await runningService({
    env: { JUPYTERHUB_HOST: 'https://hub.example.org' },
  });
  const alice = await browserOf(service, 'alice');
  const { text, csp } = await alice.get(STEEL);
  expect(text).toContain(
    'href="https://hub.example.org/jupyter/hub/spawn#experiments=',
  );
  expect(csp).toContain("form-action 'self' https://hub.example.org;");
});
