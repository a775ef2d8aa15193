import { UnsecuredJWT } from 'jose';
import { caller, temporaryFolder } from '../../testing/facility.js';
import type { Asked, Choose } from '../../testing/recorded-server.js';
import { patiently, scicatWorld } from '../../testing/scicat-world.js';
import { writeFileSync } from 'node:fs';

const alice = caller('user1');
const asAlice = patiently(alice);

/** A SciCat with an admin account for us, which knows one person. */
async function world(
  other: Choose = () => undefined,
  { issuer, externalId = '' }: { issuer?: string; externalId?: string } = {},
) {
  const folder = temporaryFolder();
  const passwordFile = `${folder.path}/password`;
  writeFileSync(passwordFile, 'a secret\n');
  const ends = { early: false };
  const base = await scicatWorld({
    auth: {
      kind: 'service',
      username: 'beamtime',
      passwordFile,
      strategy: 'oidc',
      userName: '{name}',
      ...(issuer !== undefined && { issuer }),
    },
    choose: (asked, recorded) => {
      const answer = other(asked, recorded);
      if (answer) {
        return answer;
      }
      switch (asked.path) {
        case '/api/v3/auth/login':
          ends.early = false;
          return asked.body === '{"username":"beamtime","password":"a secret"}'
            ? {
                status: 201,
                body: { access_token: 'token of admin', expires_in: 3600 },
              }
            : recorded('002');
        case '/api/v3/useridentities/findOne': {
          if (
            ends.early ||
            asked.headers.authorization !== 'Bearer token of admin'
          ) {
            return recorded('107');
          }
          const isKnown = /"user1"|"sub-of-user1"|"sub-of-other"/.test(
            asked.query['filter'] ?? '',
          );
          return isKnown
            ? {
                body: {
                  userId: '6b01',
                  externalId,
                  profile: { username: 'user1' },
                },
              }
            : recorded('102');
        }
        case '/api/v3/users/6b01/jwt':
          return { status: 201, body: { jwt: 'token of user1' } };
        default:
          return undefined;
      }
    },
  });
  const asked = (end: string): Asked[] =>
    base.server.asked.filter(({ path }) => path.endsWith(end));
  return {
    ...base,
    asked,
    ends,
    [Symbol.asyncDispose]: async () => {
      await base[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

const tokenOf = (sub: string) =>
  patiently(alice, new UnsecuredJWT({}).setSubject(sub).encode());

test('asks as the person, with a token of ten minutes that it gets for them', async () => {
  await using site = await world();
  const page = await site.catalogue.experiments(asAlice, { limit: 1 });
  expect(page.items).toMatchObject([
    { proposal: 'MA1025', visibility: 'member' },
  ]);
  expect(site.asked('/jwt').map(({ body }) => body)).toEqual([
    '{"expiresIn":"10m"}',
  ]);
  expect(
    site.asked('/v3/proposals').map(({ headers }) => headers.authorization),
  ).toEqual(['Bearer token of user1']);
  await site.catalogue.experiments(asAlice, { limit: 2 });
  expect(site.asked('/auth/login')).toHaveLength(1);
  expect(site.asked('/jwt')).toHaveLength(1);
  site.catalogue.forget('user1');
  await site.catalogue.experiments(asAlice, { limit: 2 });
  expect(site.asked('/jwt')).toHaveLength(2);
});

test('somebody whom SciCat has not seen is told so, and gets the open part', async () => {
  await using site = await world();
  const page = await site.catalogue.experiments(patiently(caller('eve')), {});
  expect(page).toMatchObject({
    items: [],
    problem: expect.stringMatching(/Sign in there once/) as string,
  });
  expect(site.asked('/jwt')).toEqual([]);
});

test('with an identity provider, people are who their subject is, not who has their name', async () => {
  await using site = await world(undefined, {
    issuer: 'https://login.example.org',
    externalId: 'sub-of-user1',
  });
  const visible = async (asking: typeof asAlice) =>
    (await site.catalogue.experiments(asking, { limit: 1 })).items.length;
  expect(await visible(tokenOf('sub-of-user1'))).toBe(1);
  site.catalogue.forget('user1');
  expect(await visible(tokenOf('sub-of-nobody'))).toBe(0);
  expect(await visible(asAlice)).toBe(0);
  expect(await visible(patiently(alice, 'not a token'))).toBe(0);
  // SciCat gave somebody, but it is another.
  expect(await visible(tokenOf('sub-of-other'))).toBe(0);
});

test('its own token may end before its time', async () => {
  await using site = await world();
  await site.catalogue.experiments(asAlice, { limit: 1 });
  site.catalogue.forget('user1');
  site.ends.early = true;
  const page = await site.catalogue.experiments(asAlice, { limit: 1 });
  expect(page.items).toHaveLength(1);
  expect(site.asked('/auth/login')).toHaveLength(2);
});

test('staff see the experiments of their instruments, and no others', async () => {
  await using site = await world();
  const staff = patiently(alice, null, ['ID00']);
  const seen = (await site.all(staff, { limit: 10 })).map(
    ({ proposal, visibility }) => `${proposal} ${visibility}`,
  );
  expect(seen).toContain('MA1024 staff');
  expect(seen).toContain('MA1022 member');
  expect(seen).toContain('MA1025 member');
  expect(seen.filter((one) => one.startsWith('MA1021'))).toEqual([]);
  expect(await site.catalogue.experiment(staff, 'MA1006')).toMatchObject({
    visibility: 'staff',
    people: [
      { role: 'local-contact' },
      { role: 'pi' },
      { role: 'co-proposer' },
    ],
  });
  expect(await site.catalogue.experiment(staff, 'MA1009')).toBeNull();
  const ofInstrument = await site.all(staff, { scope: 'instrument' });
  expect(
    new Set(ofInstrument.map(({ instrument }) => instrument.name)),
  ).toEqual(new Set(['ID00']));
  const admin = patiently(caller('root', { admin: true }), null, 'all');
  expect(await site.all(admin, {})).toHaveLength(25);
});

test.each([
  ['wrong', '/auth/login', '002'],
  ['of no admin', '/jwt', '107'],
])(
  'an account that is %s is the admins’ to mend, not the person’s',
  async (_, path, name) => {
    await using site = await world((asked, recorded) =>
      asked.path.endsWith(path) ? recorded(name) : undefined,
    );
    await expect(site.catalogue.experiments(asAlice, {})).rejects.toMatchObject(
      {
        kind: 'unavailable',
        message: expect.stringMatching(
          /^The test SciCat does not let Beamtime in\. Tell the admins/,
        ) as string,
      },
    );
  },
);

test('a password that cannot be read is a problem of this source, in words', async () => {
  await using site = await scicatWorld({
    auth: {
      kind: 'service',
      username: 'beamtime',
      passwordFile: '/nonexistent/password',
      strategy: 'oidc',
      userName: '{name}',
    },
  });
  await expect(site.catalogue.experiments(asAlice, {})).rejects.toMatchObject({
    kind: 'signed-out',
    message: expect.stringMatching(
      /^The test SciCat cannot be asked/,
    ) as string,
  });
});
