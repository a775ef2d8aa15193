import { browserOf, cookieOf, signIn } from '../testing/browser.js';
import { runningService } from '../testing/running-service.js';

test('signs in by the hub, with PKCE, and comes back to the page that was asked for', async () => {
  await using service = await runningService();
  const { begun, hubUrl, back } = await signIn(service, 'alice');
  expect(begun.status).toBe(302);
  expect(hubUrl.pathname).toBe('/jupyter/hub/api/oauth2/authorize');
  expect(hubUrl.searchParams.get('code_challenge_method')).toBe('S256');
  expect(back.headers.get('location')).toBe(
    '/jupyter/services/beamtime/?text=steel',
  );
  expect(back.headers.raw()['set-cookie']?.join()).toMatch(
    /beamtime-session=[^;]{40,}; Path=\/jupyter\/services\/beamtime\/; HttpOnly; SameSite=Lax/,
  );
});

test('shows the person’s experiments and how to start with one', async () => {
  await using service = await runningService();
  const { cookie } = await signIn(service, 'alice');
  const page = await service.get('', {
    headers: {
      cookie,
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
  });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain(
    "frame-ancestors 'none'",
  );
  expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  const text = await page.text();
  expect(text).toContain('MA-5127 · Crack growth in duplex steel');
  expect(text).toContain(
    'href="/jupyter/hub/spawn#experiments=embedded%3Asteel&amp;default_url=%2Flab%3Fbeamtime-experiment%3Dembedded%253Asteel"',
  );
  expect(text).toContain('local contact Ilse Marand');
  expect(text).not.toContain('CH-6410');
  const style = /href="([^"]+\.css)"/.exec(text)?.[1] ?? '';
  const css = await service.get(style);
  expect(css.headers.get('content-type')).toContain('text/css');
});

test('escapes what people wrote, in the search too', async () => {
  await using service = await runningService();
  const { cookie } = await signIn(service, 'alice');
  const page = await service.get(
    `?text=${encodeURIComponent('"><script>x</script>')}`,
    { headers: { cookie } },
  );
  const text = await page.text();
  expect(text).toContain('No experiment matches “&quot;&gt;');
  expect(text).not.toContain('<script');
});

test('says to a newcomer why there is nothing', async () => {
  await using service = await runningService({
    config: (site) => ({ ...site, catalogue: undefined }),
  });
  const { cookie } = await signIn(service, 'eve');
  const text = await (await service.get('', { headers: { cookie } })).text();
  expect(text).toContain('You are on no experiment yet');
});

test('lets in nobody whom the hub does not let in', async () => {
  await using service = await runningService();
  const { back } = await signIn(service, 'eve', ['self']);
  expect(back.status).toBe(403);
  expect(cookieOf(back)).toBe('');
});

test('takes no sign-in that another browser began, nor one twice', async () => {
  await using service = await runningService();
  const { state, begun } = await signIn(service, 'alice');
  const other = await service.get('');
  const stolen = new URL(other.headers.get('location') ?? '', 'http://hub');
  for (const [value, cookie] of [
    [stolen.searchParams.get('state') ?? '', cookieOf(begun)],
    [state, cookieOf(begun)],
    ['', ''],
  ]) {
    const refused = await service.get(
      `oauth_callback?code=the-code&state=${value ?? ''}`,
      { headers: { cookie: cookie ?? '' } },
    );
    expect(refused.status).toBe(400);
  }
});

test('ends with the hub’s token', async () => {
  await using service = await runningService();
  const { cookie } = await signIn(service, 'alice');
  service.hub.tokens.clear();
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 31_000);
  const page = await service.get('', { headers: { cookie } });
  jest.restoreAllMocks();
  expect(page.status).toBe(302);
});

test.each([
  { 'sec-fetch-mode': 'cors' },
  { 'sec-fetch-mode': 'no-cors' },
  { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
])('gives a page to no script or frame: %j', async (headers) => {
  await using service = await runningService();
  const { cookie } = await signIn(service, 'alice');
  const refused = await service.get('', { headers: { cookie, ...headers } });
  expect(refused.status).toBe(403);
});

test('the API takes the page’s cookie only with the page’s word', async () => {
  await using service = await runningService();
  const { cookie } = await signIn(service, 'alice');
  const page = await (await service.get('', { headers: { cookie } })).text();
  const xsrf = /name="beamtime-xsrf" content="([^"]+)"/.exec(page)?.[1] ?? '';
  const status = async (headers: Record<string, string>) =>
    (await service.get('api/v1/me', { headers: { cookie, ...headers } }))
      .status;
  expect(await status({})).toBe(403);
  expect(await status({ 'x-beamtime-xsrf': 'guess' })).toBe(403);
  expect(await status({ 'x-beamtime-xsrf': xsrf })).toBe(200);
});

/** What is on the page as text: without tags, blanks together. */
const wordsOf = (page: string) =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('the list is the viewer’s own; others come by a click, without their teams', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const mine = await alice.get('');
  expect(mine.text).toContain('MA-5127');
  expect(mine.text).not.toContain('ES-1290');
  const open = await alice.get('?scope=public');
  expect(open.text).toContain('ES-1290');
  expect(open.text).not.toContain('Bob Bader');
  expect(open.text).not.toContain('MA-5127');
  const all = await alice.get('?scope=all&sort=oldest');
  expect(all.text.indexOf('ES-1290')).toBeLessThan(all.text.indexOf('MA-5127'));
});

test('who looks after an instrument sees its experiments, and staff see all', async () => {
  await using service = await runningService();
  const ines = await browserOf(service, 'ines');
  const watched = wordsOf((await ines.get('')).text);
  expect(watched).toContain('MA-5127');
  const sam = await browserOf(service, 'sam', ['support']);
  const seen = await sam.get('experiment?key=embedded:steel');
  expect(wordsOf(seen.text)).toContain('or belong to the staff');
});

test('the filters work without a script, and stay chosen', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const none = await alice.get('?scope=all&instrument=D7P&when=2025');
  expect(wordsOf(none.text)).toContain('No experiment is like this');
  expect(none.text).toContain('<option value="D7P" selected>');
  // A year that no source knows any more can still be taken back.
  expect(none.text).toContain('<option value="2025" selected>');
  const some = await alice.get('?scope=all&instrument=D7P&when=2026');
  expect(some.text).toContain('ES-1290');
  expect(some.text).not.toContain('MA-5127');
  expect(some.csp).toContain("default-src 'none'");
  expect(some.csp).not.toContain('script-src');
});

test('what makes no sense in the address is left out', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const page = await alice.get(
    `?scope=x&sort=y&sort=z&when=${'9'.repeat(500)}&other=1`,
  );
  expect(page.status).toBe(200);
  expect(page.text).toContain('MA-5127');
});

test('a long list is gone through in both directions', async () => {
  await using service = await runningService({ experiments: 120 });
  const alice = await browserOf(service, 'alice');
  const numbers = (text: string) =>
    [...text.matchAll(/>(P-\d+) ·/g)].map(([, number]) => number);
  const way = (text: string, rel: string) =>
    (
      new RegExp(`rel="${rel}" href="[^"?]*(\\?[^"]*)?"`).exec(text)?.[1] ?? ''
    ).replaceAll('&amp;', '&');
  const first = (await alice.get('?sort=number')).text;
  expect(first).not.toContain('rel="prev"');
  const second = (await alice.get(way(first, 'next'))).text;
  const third = (await alice.get(way(second, 'next'))).text;
  expect(third).not.toContain('rel="next"');
  const all = [first, second, third].flatMap(numbers);
  expect(all).toHaveLength(121 - 1);
  expect(new Set(all).size).toBe(120);
  const back = (await alice.get(way(third, 'prev'))).text;
  expect(numbers(back)).toEqual(numbers(second));
  const begin = (await alice.get(way(back, 'prev'))).text;
  expect(numbers(begin)).toEqual(numbers(first));
  expect(begin).toContain('of 121');
});

test('an experiment has a page of its own', async () => {
  await using service = await runningService();
  const alice = await browserOf(service, 'alice');
  const page = await alice.get('experiment?key=embedded%3Asteel');
  const words = wordsOf(page.text);
  expect(words).toContain('MA-5127 · Crack growth in duplex steel');
  expect(words).toContain('Ilse Marand local contact');
  expect(words).toContain('BX11, Strain beamline');
  expect(words).toContain('scan 1 kagome · 1 file · 5.0 MB');
  expect(words).toContain('because you are on the team');
  expect(page.text).toContain('href="https://doi.org/10.5072/ma-5127"');
  const other = await (
    await browserOf(service, 'eve')
  ).get('experiment?key=embedded%3Asteel');
  const nothing = await alice.get('experiment?key=embedded%3Anothing');
  expect([other.status, nothing.status]).toEqual([404, 404]);
  expect(other.text).not.toContain('MA-5127');
  const open = await alice.get('experiment?key=embedded%3Amarble');
  expect(wordsOf(open.text)).toContain('open data. Its team is not shown');
  expect(open.text).not.toContain('Bob Bader');
});

test('the sessions are above, and what one carries is opened in it', async () => {
  await using service = await runningService({
    config: (site) => ({ ...site, namedSessions: { limit: 2 } }),
  });
  service.hub.run('alice', {
    user_options: {
      experiments: ['embedded:steel'],
      partition: 'local',
      nprocs: 8,
      memory: '64G',
    },
  });
  service.hub.run('alice', {
    name: 'tomo',
    display_name: 'Marble pores',
    ready: false,
    pending: 'spawn',
    started: null,
  });
  const alice = await browserOf(service, 'alice');
  const page = await alice.get('?scope=all');
  const words = wordsOf(page.text);
  expect(words).toContain('2 of 3 in use');
  expect(words).toMatch(/MA-5127 Running 8 cores, 64 GB on local since/);
  expect(words).toContain('Marble pores Starting');
  expect(page.text).toContain('href="/jupyter/hub/spawn-pending/alice/tomo"');
  expect(page.text).toContain(
    'href="/jupyter/user/alice/lab?beamtime-experiment=embedded%3Asteel" aria-label="Open in running session: MA-5127',
  );
  expect(page.text).toContain(
    'href="/jupyter/hub/spawn/alice/es-1290-d7p#experiments=embedded%3Amarble',
  );
});

test('where no more sessions may be, the one that runs is offered', async () => {
  await using service = await runningService();
  service.hub.run('alice');
  const alice = await browserOf(service, 'alice');
  const page = await alice.get('');
  expect(wordsOf(page.text)).toContain('1 of 1 in use');
  expect(page.text).toContain('Open in running session');
  expect(page.text).not.toContain('Start a session with this</a');
});
