import { Identities } from './identities.js';

const ALICE = { name: 'alice', admin: false, groups: [], scopes: [] };

function world() {
  const clock = { now: 0 };
  const hub = { user: ALICE as typeof ALICE | null };
  const heard: string[] = [];
  const identities = new Identities(
    { userOfToken: () => Promise.resolve(hub.user) },
    {
      seen: (name, token) => heard.push(`seen ${name} ${token}`),
      gone: (name) => heard.push(`gone ${name}`),
    },
    () => clock.now,
  );
  return { clock, hub, heard, identities };
}

test('tells when a person’s token is nobody’s any more, once', async () => {
  const { clock, hub, heard, identities } = world();
  await identities.userOfToken('t');
  hub.user = null;
  expect(await identities.userOfToken('t')).toEqual(ALICE);
  for (let n = 0; n < 2; n += 1) {
    clock.now += 31_000;
    expect(await identities.userOfToken('t')).toBeNull();
  }
  expect(heard).toEqual(['seen alice t', 'gone alice']);
});

test('a token that never was anybody’s signs nobody out', async () => {
  const { hub, heard, identities } = world();
  hub.user = null;
  expect(await identities.userOfToken('guess')).toBeNull();
  expect(heard).toEqual([]);
});
