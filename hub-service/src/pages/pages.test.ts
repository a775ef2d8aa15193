import { runningService } from '../testing/running-service.js';

type Running = Awaited<ReturnType<typeof runningService>>;

const cookieOf = (response: { headers: { raw(): Record<string, string[]> } }) =>
  (response.headers.raw()['set-cookie'] ?? [])
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');

/** Goes the way of a browser: the page, the hub, back. Gives the cookie of the session. */
async function signIn(
  { get, hub }: Running,
  name: string,
  scopes = ['access:services!service=beamtime'],
) {
  const begun = await get('?text=steel');
  const hubUrl = new URL(begun.headers.get('location') ?? '', 'http://hub');
  const token = `oauth-${name}`;
  hub.tokens.set(token, { kind: 'user', name, scopes });
  hub.codes.set('the-code', {
    challenge: hubUrl.searchParams.get('code_challenge') ?? '',
    token,
  });
  const state = hubUrl.searchParams.get('state') ?? '';
  const back = await get(`oauth_callback?code=the-code&state=${state}`, {
    headers: { cookie: cookieOf(begun) },
  });
  return { begun, hubUrl, back, state, cookie: cookieOf(back) };
}

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
    'href="/jupyter/hub/spawn#experiments=embedded%3Asteel"',
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
  expect(text).toContain('No experiment of yours matches');
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
