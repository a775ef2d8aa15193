import { UnsecuredJWT } from 'jose';
import { AccessTokens } from './access-tokens.js';

const IDP = 'https://idp.example.org';
const MINUTE = 60_000;

/** A hub that renews alice's token only when something of hers calls, as JupyterHub does. */
function world() {
  const clock = { now: Date.UTC(2026, 10, 1) };
  const jwt = (minutes: number, issuer = IDP) =>
    new UnsecuredJWT({})
      .setIssuer(issuer)
      .setExpirationTime((clock.now + minutes * MINUTE) / 1000)
      .encode();
  const hub = {
    kept: null as string | null,
    renewed: null as string | null,
    calls: [] as string[],
    away: false,
    accessTokenOf(name: string) {
      hub.calls.push(`state of ${name}`);
      return hub.away
        ? Promise.reject(new Error('away'))
        : Promise.resolve(hub.kept);
    },
    userOfToken(token: string) {
      hub.calls.push(`user of ${token}`);
      hub.kept = hub.renewed ?? hub.kept;
      return Promise.resolve(null);
    },
  };
  return { hub, clock, jwt, tokens: new AccessTokens(hub, () => clock.now) };
}

test('gives the token that the hub keeps, and asks for it once', async () => {
  const { hub, jwt, tokens } = world();
  hub.kept = jwt(30);
  const all = await Promise.all([1, 2, 3].map(() => tokens.of('alice', IDP)));
  expect(all).toEqual([hub.kept, hub.kept, hub.kept]);
  expect(await tokens.of('alice', IDP)).toBe(hub.kept);
  expect(hub.calls).toEqual(['state of alice']);
});

test.each([
  ['of another issuer', 'https://other.example.org'],
  ['of one that only begins alike', `${IDP}.evil.net`],
])('shows no token %s', async (_, issuer) => {
  const { hub, jwt, tokens } = world();
  hub.kept = jwt(30, issuer);
  expect(await tokens.of('alice', IDP)).toBeNull();
});

test('has a token renewed that is about to end: by a call of the person’s own', async () => {
  const { hub, jwt, tokens, clock } = world();
  hub.kept = jwt(2);
  tokens.seen('alice', 'page-token');
  expect(await tokens.of('alice', IDP)).toBe(hub.kept);
  clock.now += 90_000;
  hub.renewed = jwt(60);
  expect(await tokens.of('alice', IDP)).toBe(hub.renewed);
  expect(hub.calls).toEqual([
    'state of alice',
    'state of alice',
    'user of page-token',
    'state of alice',
  ]);
});

test('gives none that has ended and cannot be renewed', async () => {
  const { hub, jwt, tokens } = world();
  hub.kept = jwt(-1);
  tokens.seen('alice', 'page-token');
  expect(await tokens.of('alice', IDP)).toBeNull();
});

test.each(['opaque', '', null])('gives none for %j', async (kept) => {
  const { hub, tokens } = world();
  hub.kept = kept;
  expect(await tokens.of('alice', IDP)).toBeNull();
});

test('does without when the hub is away, and asks again half a minute later', async () => {
  const { hub, jwt, tokens, clock } = world();
  hub.away = true;
  expect(await tokens.of('alice', IDP)).toBeNull();
  hub.away = false;
  hub.kept = jwt(30);
  expect(await tokens.of('alice', IDP)).toBeNull();
  clock.now += 31_000;
  expect(await tokens.of('alice', IDP)).toBe(hub.kept);
});

test('forgets the token of a person who has signed out', async () => {
  const { hub, jwt, tokens } = world();
  hub.kept = jwt(30);
  await tokens.of('alice', IDP);
  tokens.forget('alice');
  hub.kept = null;
  expect(await tokens.of('alice', IDP)).toBeNull();
});
