import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { FAULTS, outcomes } from '../../testing/faults.js';
import { icatPlusFacility, WORLD } from '../../testing/icatplus-facility.js';
import type { Asking } from '../adapter.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test('signs in with the token as password, once, and ends the session', async () => {
  const world = await icatPlusFacility();
  await Promise.all([world.ids(), world.ids()]);
  expect(world.plus.logins).toEqual([
    { plugin: 'esrf', password: 'secret-token' },
  ]);
  await world.catalogue.close();
  expect(world.plus.sessions.size).toBe(0);
  await world[Symbol.asyncDispose]();
});

test('without a session shows open data, and says that it needs one for the rest', async () => {
  await using world = await icatPlusFacility();
  const nobody = world.ask(null, null);
  await expect(world.ids({}, nobody)).rejects.toMatchObject({
    kind: 'signed-out',
  });
  expect(await world.catalogue.experiment(nobody, '1')).toBeNull();
  expect(await world.catalogue.experiment(nobody, '2')).toMatchObject({
    title: 'Open paintings',
    visibility: 'public',
    people: [],
  });
  const datasets = await world.catalogue.datasets(nobody, '2', {});
  expect(datasets?.items).toMatchObject([{ ref: { id: '21' } }]);
  await expect(
    world.catalogue.files(nobody, '2', '21', {}),
  ).rejects.toMatchObject({ kind: 'signed-out' });
  expect(world.plus.logins).toEqual([]);
});

test('a service’s account leaves out what the person may not see', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'icatplus-'));
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, 'secret-password\n');
  try {
    await using world = await icatPlusFacility({
      world: {
        ...WORLD,
        investigations: WORLD.investigations.map((one) => ({
          ...one,
          readers: ['hub'],
        })),
      },
      config: { auth: { kind: 'service', username: 'hub', passwordFile } },
    });
    world.as('hub');
    const of = (name: string | null, staffOf: Asking['staffOf'] = []) =>
      world.ids({}, world.ask(name, null, staffOf));
    // `username` is a beginning for ICAT+: adalbert’s experiment comes too, and is left out.
    expect(await of('ada')).toEqual(['1 member', '2 public', '4 member']);
    expect(await of('eve')).toEqual(['2 public', '4 public']);
    expect(await of(null)).toEqual(['2 public', '4 public']);
    expect(await of('eve', ['ID01'])).toEqual([
      '3 staff',
      '2 staff',
      '4 public',
    ]);
    expect(await of('boss', 'all')).toEqual([
      '3 staff',
      '1 staff',
      '2 staff',
      '4 staff',
    ]);
    const one = (name: string) =>
      world.catalogue.experiment(world.ask(name, null), '3');
    expect(await one('ada')).toBeNull();
    expect(await one('adalbert')).toMatchObject({ visibility: 'member' });
    expect(world.plus.logins).toEqual([
      { plugin: 'db', username: 'hub', password: 'secret-password' },
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('signs in again when the session is not known any more, once', async () => {
  await using world = await icatPlusFacility();
  await world.ids();
  world.plus.sessions.clear();
  expect(await world.ids({ scope: 'mine' })).toHaveLength(2);
  expect(world.plus.logins).toHaveLength(2);
});

test('a refused sign-in is signed-out, and no error has a secret in it', async () => {
  await using world = await icatPlusFacility({ refuse: true });
  const refused: unknown = await world.ids().catch((caught: unknown) => caught);
  expect(refused).toMatchObject({ kind: 'signed-out' });
  await using other = await icatPlusFacility();
  await other.ids();
  other.server.fault = { kind: 'status-500' };
  const failed: unknown = await other.ids().catch((caught: unknown) => caught);
  expect(failed).toMatchObject({ kind: 'unavailable' });
  expect(inspect([refused, failed], { depth: 9 })).not.toContain('secret');
});

test.each(FAULTS)(
  'ends each call as it should: $fault',
  async ({ fault, kind, deadlineMs }) => {
    await using world = await icatPlusFacility({ deadlineMs });
    const { catalogue, ask } = world;
    const calls = {
      experiments: () => catalogue.experiments(ask(), {}),
      experiment: () => catalogue.experiment(ask(), '1'),
      datasets: () => catalogue.datasets(ask(), '1', {}),
      files: () => catalogue.files(ask(), '1', '11', {}),
      filters: () => catalogue.filters(ask()),
      byDoi: () => catalogue.byDoi(ask(), '10.1/x'),
      probe: () => catalogue.probe(ask().signal),
    };
    for (const when of [
      undefined,
      ({ path: at }: { path: string }) => !at.startsWith('/session'),
    ]) {
      const ended = await outcomes(world.server, fault, calls, when);
      expect(new Set(Object.values(ended))).toEqual(new Set([kind]));
      await world.ids();
    }
  },
);
