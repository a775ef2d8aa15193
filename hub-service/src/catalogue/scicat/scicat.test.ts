import type { Experiment, ExperimentQuery } from '@beamtime/contract';
import { caller } from '../../testing/facility.js';
import { patiently, scicatWorld } from '../../testing/scicat-world.js';

const alice = caller('alice');
const signedIn = patiently(alice, 'token of user1');
const nobody = patiently(null);

test('gives a person’s proposals and the published ones, newest first, each with its reason', async () => {
  await using world = await scicatWorld();
  world.proposal('MA1024', { isPublished: true });
  const page = await world.catalogue.experiments(signedIn, { limit: 3 });
  expect(page).toMatchObject({
    leftOut: 0,
    next: expect.any(String) as string,
  });
  expect(page.items).toMatchObject([
    {
      ref: { source: 'scicat', id: 'MA1025' },
      proposal: 'MA1025',
      title: 'Test proposal 25',
      abstract: 'Abstract 25',
      cycle: '2025-1',
      instrument: { name: 'BM00' },
      start: '2025-01-25T00:00:00.000Z',
      end: '2025-01-28T00:00:00.000Z',
      visibility: 'member',
      dataPath: '/data/visitor/ma1025/bm00/20250125',
      url: 'https://scicat.example.org/proposals/MA1025',
      people: [
        { name: 'Grace Hopper', role: 'local-contact' },
        { name: 'Ada Lovelace', role: 'pi', email: 'pi@uni.edu' },
        { name: 'Pro Poser', role: 'co-proposer' },
      ],
    },
    { proposal: 'MA1024', visibility: 'public', people: [] },
    { proposal: 'MA1023', visibility: 'member' },
  ]);
  expect(await world.ids(nobody, {})).toEqual(['MA1024']);
});

/** Some begin together, some have no start, many have the same title. */
function withTies(world: Awaited<ReturnType<typeof scicatWorld>>) {
  world.everyProposal((row, place) => ({
    isPublished: true,
    title: place % 3 ? 'Same' : row['title'],
    startTime: place < 6 ? null : `2025-01-${10 + (place % 3)}T00:00:00.000Z`,
  }));
}

describe.each<ExperimentQuery>([
  {},
  { order: 'asc' },
  { sort: 'proposal' },
  { sort: 'title', order: 'desc' },
  { text: 'same' },
])('paging to the end of %j', (query) => {
  test.each([1, 4, 25])(
    'gives each row once, %i at a time, whatever order equal ones come in',
    async (limit) => {
      await using world = await scicatWorld();
      withTies(world);
      const rows = await world.all(signedIn, { ...query, limit });
      const wanted = query.text === undefined ? 25 : 16;
      expect(rows).toHaveLength(wanted);
      expect(new Set(rows.map(({ ref }) => ref.id)).size).toBe(wanted);
      const keys = rows.map((row: Experiment) =>
        query.sort === undefined
          ? (row.start ?? '')
          : row[query.sort === 'start' ? 'title' : query.sort],
      );
      const dated = keys.filter((key) => key !== '');
      const sorted = [...dated].sort();
      const isDown = query.order === 'desc' || (!query.order && !query.sort);
      expect(dated).toEqual(isDown ? sorted.reverse() : sorted);
      // Those without a start come last.
      expect(keys.slice(dated.length).every((key) => key === '')).toBe(true);
    },
  );
});

test.each<[ExperimentQuery, string[]]>([
  [{ text: 'operando' }, ['MA1001']],
  [{ text: 'mo CATALYSTS' }, ['MA1001']],
  [{ text: 'O.*do' }, []],
  [{ text: '(' }, []],
  [{ text: 'ma1002' }, ['MA1002']],
  [{ text: 'lovelace operando' }, ['MA1001']],
  [{ instruments: ['ID00'], to: '2025-01-04' }, ['MA1004', 'MA1002']],
  [{ instruments: ['none'] }, []],
  [{ from: '2025-01-23', to: '2025-01-25' }, ['MA1025', 'MA1024', 'MA1023']],
  [{ cycle: '2025-2' }, []],
  [{ scope: 'mine', from: '2025-01-23' }, ['MA1025', 'MA1023']],
  [{ scope: 'public' }, ['MA1024']],
  [{ scope: 'embargoed', from: '2025-01-24' }, ['MA1025']],
  [{ scope: 'instrument' }, []],
  [
    { cycle: '2025-1', sort: 'proposal', to: '2025-01-03' },
    ['MA1001', 'MA1002', 'MA1003'],
  ],
])('narrows by %j', async (query, expected) => {
  await using world = await scicatWorld();
  world.proposal('MA1024', { isPublished: true });
  expect(await world.ids(signedIn, query)).toEqual(expected);
});

test('does not find open data by people whom it does not show', async () => {
  await using world = await scicatWorld();
  world.proposal('MA1024', { isPublished: true });
  const query = { text: 'lovelace', from: '2025-01-24' };
  expect(await world.ids(nobody, query)).toEqual([]);
  expect(await world.ids(signedIn, query)).toEqual(['MA1025']);
});

test('leaves out a faulty row and says that it did', async () => {
  await using world = await scicatWorld();
  world.proposal('MA1025', { title: 7 });
  world.proposal('MA1023', { startTime: 'soon' });
  const page = await world.catalogue.experiments(signedIn, {
    sort: 'proposal',
    order: 'desc',
    limit: 3,
  });
  expect(page.leftOut).toBe(1);
  expect(page.items).toMatchObject([
    { proposal: 'MA1023' },
    { proposal: 'MA1022' },
  ]);
  expect(page.items[0]?.start).toBeUndefined();
});

test.each([
  ['MA1001', 'MA1001', null],
  ['MA1006', null, null],
  ['NOPE', null, null],
  ['..', null, null],
])('gives one proposal to those who may see it: %s', async (id, his, open) => {
  await using world = await scicatWorld();
  const one = async (who: typeof signedIn) =>
    (await world.catalogue.experiment(who, id))?.proposal ?? null;
  expect(await one(signedIn)).toBe(his);
  expect(await one(nobody)).toBe(open);
  if (his === null) {
    expect(await world.catalogue.datasets(signedIn, id, {})).toBeNull();
    expect(await world.catalogue.files(signedIn, id, 'x', {})).toBeNull();
    expect(await world.catalogue.thumbnail(signedIn, id, 'x')).toBeNull();
  }
});

test('says what lists can be narrowed to, and that SciCat answers', async () => {
  await using world = await scicatWorld();
  expect(await world.catalogue.filters(signedIn)).toEqual({
    instruments: [{ name: 'BM00' }, { name: 'ID00' }],
    cycles: [],
    years: [2025],
  });
  expect(await world.catalogue.probe(AbortSignal.timeout(30_000))).toEqual({});
});

test('refuses a cursor that is not one', async () => {
  await using world = await scicatWorld();
  for (const cursor of ['nonsense', '', 'eyJhdCI6MX0']) {
    await expect(
      world.catalogue.experiments(signedIn, { cursor }),
    ).rejects.toMatchObject({ code: 'bad-request' });
    await expect(
      world.catalogue.datasets(signedIn, 'MA1001', { cursor }),
    ).rejects.toMatchObject({ code: 'bad-request' });
  }
});
