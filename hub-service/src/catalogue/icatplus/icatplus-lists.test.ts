import type { ExperimentQuery } from '@beamtime/contract';
import type { FakeIcatPlusWorld } from '../../testing/fake-icatplus.js';
import {
  ADA,
  GRACE,
  icatPlusFacility,
  WORLD,
} from '../../testing/icatplus-facility.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test('joins what one may read with what is open, each once, newest first', async () => {
  await using world = await icatPlusFacility();
  expect(await world.ids()).toEqual(['1 member', '2 public', '4 member']);
  const { items } = await world.catalogue.experiments(world.ask(), {});
  expect(items[1]?.people).toEqual([]);
  expect(items[0]).toMatchObject({
    start: '2025-01-01T08:00:00.000Z',
    people: [
      { name: 'Grace Hopper', role: 'local-contact' },
      { name: 'Ada Lovelace', role: 'pi' },
    ],
  });
  expect(items[1]?.start).toBe('2020-03-01T07:00:00.000Z');
});

test('gives one experiment with its people and place', async () => {
  await using world = await icatPlusFacility();
  expect(await world.catalogue.experiment(world.ask(), '1')).toEqual({
    ref: { source: 'plus', id: '1' },
    proposal: 'MA1001',
    title: 'Operando XAS',
    instrument: { name: 'ID00' },
    start: '2025-01-01T08:00:00.000Z',
    releaseAt: '2028-01-01T00:00:00.000Z',
    visibility: 'member',
    people: [
      { name: 'Grace Hopper', login: 'grace', role: 'local-contact', pids: [] },
      {
        name: 'Ada Lovelace',
        login: 'ada',
        role: 'pi',
        pids: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }],
      },
    ],
    pids: [{ scheme: 'doi', value: '10.15151/ESRF-ES-1' }],
    dataPath: '/data/visitor/ma1001/id00/20250101',
  });
  for (const id of ['3', '99', 'x', '1,3']) {
    expect(await world.catalogue.experiment(world.ask(), id)).toBeNull();
  }
});

test('an instrument’s scientist sees its experiments as staff', async () => {
  await using world = await icatPlusFacility();
  world.as('ines');
  const ines = world.ask('ines');
  expect(await world.ids({}, ines)).toEqual(['1 staff', '2 public', '4 staff']);
  expect(await world.ids({ scope: 'instrument' }, ines)).toEqual([
    '1 staff',
    '4 staff',
  ]);
});

test.each(['participant', 'partipant'] as const)(
  'asks in the spelling that the server takes: %s',
  async (participant) => {
    await using world = await icatPlusFacility({
      world: { ...WORLD, participant },
    });
    expect(await world.ids({ scope: 'embargoed' })).toEqual(['1 member']);
    world.server.asked.length = 0;
    await world.ids({ scope: 'embargoed' });
    const filters = world.server.asked.map(({ query }) => query['filter']);
    expect(filters).toEqual([participant]);
  },
);

test.each<[ExperimentQuery, string[]]>([
  [{ scope: 'mine' }, ['1 member', '4 member']],
  [{ scope: 'public' }, ['2 public', '4 member']],
  [{ text: 'PAINT' }, ['2 public']],
  [{ instruments: ['ID01', 'ID09'] }, ['2 public']],
  [{ from: '2020-01-01', to: '2020-03-01' }, ['2 public']],
  [{ sort: 'proposal' }, ['2 public', '4 member', '1 member']],
  [{ sort: 'title', order: 'desc' }, ['1 member', '2 public', '4 member']],
  [{ order: 'asc' }, ['4 member', '2 public', '1 member']],
])('narrows and sorts: %j', async (query, expected) => {
  await using world = await icatPlusFacility();
  expect(await world.ids(query)).toEqual(expected);
});

test('says that it knows no cycles', async () => {
  await using world = await icatPlusFacility();
  await expect(world.ids({ cycle: '2025-1' })).rejects.toMatchObject({
    kind: 'unsupported',
  });
});

/** 30 of one's own, some of them open too, and 20 open ones of others; several begin together. */
const MANY: FakeIcatPlusWorld = {
  investigations: Array.from({ length: 50 }, (_, n) => ({
    id: n + 10,
    name: `P${String(n % 9)}`,
    title: `T${String(n % 4)}`,
    ...(n % 10 !== 3 && {
      startDate: `2025-01-${String((n % 6) + 10)}T08:00:00`,
    }),
    releaseDate: n >= 20 ? '2026-01-01' : '2030-01-01',
    team: n < 30 ? [ADA] : [GRACE],
  })),
};

test.each<[ExperimentQuery, number, number | undefined]>([
  [{}, 50, undefined],
  [{ order: 'asc' }, 50, undefined],
  [{ sort: 'title' }, 50, undefined],
  [{ scope: 'mine' }, 30, 30],
  [{ scope: 'embargoed' }, 20, undefined],
])(
  'loses and doubles none over pages of any size: %j',
  async (query, count, total) => {
    await using world = await icatPlusFacility({ world: MANY });
    for (const limit of [1, 7, 49, 50]) {
      const got: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.catalogue.experiments(world.ask(), {
          ...query,
          limit,
          ...(cursor !== undefined && { cursor }),
        });
        got.push(...page.items.map(({ ref }) => ref.id));
        expect(page.items.length > 0 ? page.total : total).toBe(total);
        cursor = page.next;
      } while (cursor !== undefined);
      expect([got.length, new Set(got).size]).toEqual([count, count]);
    }
  },
);

test('leaves out and counts a bad row', async () => {
  await using world = await icatPlusFacility({
    world: {
      ...WORLD,
      investigations: WORLD.investigations.map((one) =>
        one.id === 1 ? { ...one, name: '' } : one,
      ),
    },
  });
  const page = await world.catalogue.experiments(world.ask(), {
    scope: 'mine',
  });
  expect(page).toMatchObject({ items: [{ ref: { id: '4' } }], leftOut: 1 });
});
