import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { asking } from '../../testing/asking.js';
import { caller } from '../../testing/facility.js';
import {
  icatFacility,
  ISSUER,
  TOKEN,
  WORLD,
} from '../../testing/icat-facility.js';
import type { Asking } from '../adapter.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test('signs in with the token as an array of one-key objects, once, and ends the session', async () => {
  const world = await icatFacility();
  await Promise.all([world.ids(), world.ids()]);
  await world.ids();
  expect(world.icat.logins).toEqual([
    { plugin: 'oidc', credentials: [{ token: TOKEN }] },
  ]);
  expect([...world.icat.sessions]).toEqual([['secret-session-1', 'db/ada']]);
  await world.catalogue.close();
  expect(world.icat.sessions.size).toBe(0);
  await world[Symbol.asyncDispose]();
});

test('says so when the token cannot be read by ICAT, and shows the open part', async () => {
  await using world = await icatFacility();
  const opaque = world.ask('ada', 'f3a1-opaque');
  const page = await world.catalogue.experiments(opaque, {});
  expect(page.items.map(({ ref }) => ref.id)).toEqual(['2']);
  expect(page.problem).toMatch(/cannot tell who you are.*JWT/);
  await expect(world.catalogue.experiment(opaque, '1')).rejects.toMatchObject({
    kind: 'signed-out',
  });
});

test('says so when there is neither a token nor an open part', async () => {
  await using world = await icatFacility({
    world: {
      ...WORLD,
      authenticators: [{ mnemonic: 'oidc', keys: [{ name: 'token' }] }],
    },
  });
  for (const token of [null, 'opaque']) {
    await expect(world.ids({}, world.ask('ada', token))).rejects.toMatchObject({
      kind: 'signed-out',
    });
  }
});

test('names the ways in that there are, if the configured one is none', async () => {
  await using world = await icatFacility({
    config: { auth: { kind: 'user', issuer: ISSUER, plugin: 'sso' } },
  });
  await expect(world.ids()).rejects.toMatchObject({
    kind: 'signed-out',
    message: expect.stringContaining('it has: anon, oidc, db.') as string,
  });
});

test('signs in again when ICAT has forgotten the session, once', async () => {
  await using world = await icatFacility();
  await world.ids();
  world.icat.sessions.clear();
  expect(await world.ids()).toEqual(['1', '2']);
  expect(world.icat.logins).toHaveLength(2);
});

test('a service’s account leaves out what the person may not see', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'icat-'));
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, 'secret-password\n');
  const config = {
    auth: {
      kind: 'service',
      plugin: 'db',
      username: 'service',
      passwordFile,
      userName: 'db/{name}',
    },
  };
  try {
    await using world = await icatFacility({ config });
    const of = async (name: string | null, staffOf: Asking['staffOf'] = []) =>
      (
        await world.catalogue.experiments(
          asking(name === null ? null : caller(name), null, staffOf),
          {},
        )
      ).items.map(({ ref, visibility }) => `${ref.id} ${visibility}`);
    expect(await of('ada')).toEqual(['1 member', '2 public']);
    expect(await of('ines')).toEqual(['1 staff', '2 public']);
    expect(await of("x' OR 'a' = 'a")).toEqual(['2 public']);
    expect(await of(null)).toEqual(['2 public']);
    expect(await of('eve', ['BM00'])).toEqual(['3 staff', '2 staff']);
    expect(await of('boss', 'all')).toEqual(['3 staff', '1 staff', '2 staff']);
    expect(world.icat.logins).toEqual([
      {
        plugin: 'db',
        credentials: [{ username: 'service' }, { password: 'secret-password' }],
      },
    ]);
    rmSync(passwordFile);
    await using other = await icatFacility({ config });
    await expect(other.ids()).rejects.toMatchObject({ kind: 'signed-out' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('ends a person’s session when they sign out', async () => {
  await using world = await icatFacility();
  await world.ids();
  world.catalogue.forget('ada');
  await world.catalogue.close();
  expect(world.icat.sessions.size).toBe(0);
});
