import type { ExperimentQuery } from '@beamtime/contract';
import type { FakeIcatWorld } from '../../testing/fake-icat-world.js';
import {
  FIRST,
  icatFacility,
  SECOND,
  WORLD,
} from '../../testing/icat-facility.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

/** 40 experiments, some at the same instant, within the same second, or of no date. */
const MANY: FakeIcatWorld = {
  investigations: Array.from({ length: 40 }, (_, n) => ({
    id: n + 1,
    name: `P${n % 7}`,
    title: `Title ${n % 5}`,
    ...(n >= 5 && {
      start:
        n < 20
          ? '2025-03-30T00:00:00.000Z'
          : n < 30
            ? `2025-03-30T00:00:00.${n % 3}00Z`
            : `2025-0${(n % 3) + 3}-0${(n % 9) + 1}T06:00:00Z`,
    }),
    instrument: 'ID00',
    users: [{ name: 'db/ada', role: 'PI' }],
  })),
};

test.each<[ExperimentQuery, number]>([
  [{}, 0],
  [{ order: 'asc' }, 0],
  [{}, 1],
  [{ order: 'asc' }, 2],
  [{ sort: 'proposal' }, 0],
  [{ sort: 'title', order: 'desc' }, 0],
])(
  'loses and doubles none over pages of any size: %j, %i h',
  async (query, zone) => {
    await using world = await icatFacility({ world: { ...MANY, zone } });
    const whole = await world.ids({ ...query, limit: 40 });
    expect(new Set(whole).size).toBe(40);
    for (const limit of [1, 7, 39, 40]) {
      const got: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.catalogue.experiments(world.ask(), {
          ...query,
          limit,
          ...(cursor !== undefined && { cursor }),
        });
        got.push(...page.items.map(({ ref }) => ref.id));
        expect(page.total).toBe(40);
        cursor = page.next;
      } while (cursor !== undefined);
      expect(got).toEqual(whole);
    }
  },
);

test('asks for less when the answer would have too many entities', async () => {
  const users = Array.from({ length: 60 }, (_, n) => ({
    name: `db/u${n}`,
    role: 'Participant',
  }));
  await using world = await icatFacility({
    world: {
      maxEntities: 200,
      investigations: Array.from({ length: 9 }, (_, n) => ({
        id: n + 1,
        name: `P${n}`,
        title: 'Big team',
        start: `2025-03-0${n + 1}T06:00:00Z`,
        users: [{ name: 'db/ada', role: 'PI' }, ...users],
      })),
    },
  });
  const got: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.catalogue.experiments(world.ask(), {
      limit: 9,
      ...(cursor !== undefined && { cursor }),
    });
    got.push(...page.items.map(({ ref }) => ref.id));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(got).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1']);
  world.icat.world.maxEntities = 20;
  await expect(world.ids()).rejects.toMatchObject({ kind: 'too-large' });
});

test('leaves out and counts a bad row', async () => {
  await using world = await icatFacility({
    world: {
      ...WORLD,
      investigations: [{ ...FIRST, title: 5 as unknown as string }, SECOND],
    },
  });
  const page = await world.catalogue.experiments(world.ask(), { limit: 1 });
  expect(page).toMatchObject({ items: [], leftOut: 1 });
  const { next: cursor = '' } = page;
  expect(await world.ids({ limit: 1, cursor })).toEqual(['2']);
});

test('refuses a cursor that is not one of ours', async () => {
  await using world = await icatFacility();
  const bad = (cursor: object | string) =>
    typeof cursor === 'string'
      ? cursor
      : Buffer.from(JSON.stringify(cursor)).toString('base64url');
  for (const cursor of [
    'nonsense',
    bad({ value: "x' OR", id: 1, total: 1, given: 1 }),
    bad({ value: null, id: '1 OR 1=1', total: 1, given: 1 }),
  ]) {
    await expect(world.ids({ cursor })).rejects.toMatchObject({
      code: 'bad-request',
    });
  }
});
