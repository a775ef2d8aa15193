import { caller } from '../../testing/facility.js';
import { patiently, scicatWorld } from '../../testing/scicat-world.js';

const alice = caller('alice');
const SCAN_1 = '20.500.99999/9dfa6a69-af38-4a14-bed5-e7c4a865d9a2';
const SCAN_4 = '20.500.99999/7a571679-e6c9-47da-b4ba-1a1f08a50584';
const OTHERS = '20.500.99999/81768da4-0bd9-4804-8b1f-ee494d9c4780';
const signedIn = patiently(alice, 'token of user1');
const nobody = patiently(null);

/** The filters that the server was asked with, at a path. */
const filtersOf = (
  { server }: Awaited<ReturnType<typeof scicatWorld>>,
  path: string,
) =>
  server.asked
    .filter((asked) => asked.path === path)
    .map(({ query }): unknown =>
      JSON.parse(query['filter'] ?? query['filters'] ?? ''),
    );

test.each(['an expired token', 'garbage', ''])(
  'a token that SciCat does not know is no empty list: %s',
  async (token) => {
    await using world = await scicatWorld();
    world.proposal('MA1024', { isPublished: true });
    const page = await world.catalogue.experiments(patiently(alice, token), {});
    expect(page.items).toMatchObject([
      { proposal: 'MA1024', visibility: 'public' },
    ]);
    expect(page.problemKind).toBe('signed-out');
    expect(page.problem).toMatch(/^Only open data of The test SciCat is shown/);
    // Who has no token at all is nobody, as the catalogue says by itself.
    for (const asking of [nobody, patiently(alice)]) {
      const without = await world.catalogue.experiments(asking, {});
      expect(without.items).toHaveLength(1);
      expect(without.problem).toBeUndefined();
    }
  },
);

test('what is not known is not sent as proof, after it was found wanting', async () => {
  await using world = await scicatWorld();
  await world.catalogue.experiments(patiently(alice, 'garbage'), {});
  const tokens = world.server.asked.map(({ path, headers }) => [
    path,
    headers.authorization,
  ]);
  expect(tokens.slice(0, 3)).toEqual([
    ['/api/v3/instruments', undefined],
    ['/api/v3/auth/whoami', 'Bearer garbage'],
    ['/api/v3/proposals', undefined],
  ]);
});

test('lists of proposals are asked for with one order key, by the name `filters`', async () => {
  await using world = await scicatWorld();
  await world.catalogue.experiments(signedIn, { text: 'x' });
  expect(world.server.asked.at(-2)?.query).toEqual({
    filters: expect.stringContaining('"order":"startTime:desc"') as string,
  });
});

test('an `$or` of ours is inside `$and`, where SciCat’s own does not replace it', async () => {
  await using world = await scicatWorld();
  await world.catalogue.experiments(signedIn, { text: 'x', scope: 'mine' });
  for (const filter of filtersOf(world, '/api/v3/proposals')) {
    expect(filter).toMatchObject({ where: { $and: expect.any(Array) as [] } });
    expect(filter).not.toHaveProperty('where.$or');
  }
});

test('datasets: every sort key is among the fields, dates are not compared, ties have an end', async () => {
  await using world = await scicatWorld();
  const page = await world.catalogue.datasets(signedIn, 'MA1001', {});
  expect(page).toMatchObject({
    total: 2,
    leftOut: 0,
    items: [
      { name: 'MA1001 scan 4', hasThumbnail: false },
      {
        ref: { source: 'scicat', id: SCAN_1 },
        name: 'MA1001 scan 1',
        description: 'µXANES map 1',
        type: 'raw',
        path: '/data/visitor/ma1001/id00/20250101/RAW_DATA/sample1/scan1',
        techniques: [
          {
            name: 'XAS',
            pid: 'http://purl.org/pan-science/PaNET/PaNET01196',
          },
        ],
        sample: 'S1',
        start: '2025-01-01T08:00:00.000Z',
        online: 'online',
        license: 'CC-BY-4.0',
        pids: [{ scheme: 'handle', value: SCAN_1 }],
        hasThumbnail: true,
      },
    ],
  });
  expect(filtersOf(world, '/api/v4/datasets')).toMatchObject([
    {
      fields: expect.arrayContaining(['creationTime', 'pid']) as string[],
      limits: { sort: { creationTime: 'desc', pid: 'asc' } },
      where: { $and: [{ proposalIds: 'MA1001' }] },
    },
  ]);
});

test('datasets: each once to the end, and by a word', async () => {
  await using world = await scicatWorld();
  const [first] = world.like.datasets;
  world.like.datasets = Array.from({ length: 23 }, (_, n) => ({
    ...first,
    pid: `20.500.99999/${n}`,
    datasetName: `scan (${n})`,
    creationTime: `2025-01-0${1 + (n % 3)}T09:00:00.000Z`,
  }));
  const got: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.catalogue.datasets(signedIn, 'MA1001', {
      limit: 5,
      ...(cursor !== undefined && { cursor }),
    });
    got.push(...(page?.items.map(({ ref }) => ref.id) ?? []));
    cursor = page?.next;
  } while (cursor !== undefined);
  expect(got).toHaveLength(23);
  expect(new Set(got).size).toBe(23);
  const found = await world.catalogue.datasets(signedIn, 'MA1001', {
    text: 'SCAN (7)',
  });
  expect(found?.items.map(({ name }) => name)).toEqual(['scan (7)']);
  expect(found?.total).toBe(1);
});

test('open data: anonymous v4 is asked at /public, where a private one is an empty body', async () => {
  await using world = await scicatWorld();
  world.proposal('MA1001', { isPublished: true });
  const page = await world.catalogue.datasets(nobody, 'MA1001', {});
  expect(page?.items).toMatchObject([{ ref: { id: SCAN_4 } }]);
  expect(page?.total).toBe(1);
  expect(await world.catalogue.files(nobody, 'MA1001', SCAN_1, {})).toBeNull();
  expect(await world.catalogue.thumbnail(nobody, 'MA1001', SCAN_1)).toBeNull();
  const paths = world.server.asked.map(({ path }) => path);
  expect(
    paths.filter(
      (path) => path.includes('/v4/datasets') && !path.includes('/public'),
    ),
  ).toEqual([]);
});

test('open files come with their dataset, not from their own list, which is empty', async () => {
  await using world = await scicatWorld();
  world.proposal('MA1001', { isPublished: true });
  const open = world.like.datasets.find(({ pid }) => pid === SCAN_4);
  Object.assign(open ?? {}, {
    origdatablocks: [
      { dataFileList: [{ path: 'a.h5', size: 1 }, { path: '../../b.h5' }] },
      { dataFileList: [{ path: 'c.ipynb' }] },
    ],
  });
  const files = (cursor?: string) =>
    world.catalogue.files(nobody, 'MA1001', SCAN_4, {
      limit: 2,
      ...(cursor !== undefined && { cursor }),
    });
  const page = await files();
  expect(page).toMatchObject({ items: [{ name: 'a.h5' }], leftOut: 1 });
  expect(await files(page?.next)).toEqual({
    items: [expect.objectContaining({ name: 'c.ipynb', kind: 'notebook' })],
    leftOut: 0,
  });
});

test('files: each row is one, ordered, an absolute path in the folder is the same file', async () => {
  await using world = await scicatWorld();
  const page = await world.catalogue.files(signedIn, 'MA1001', SCAN_1, {});
  const folder = '/data/visitor/ma1001/id00/20250101/RAW_DATA/sample1/scan1';
  expect(page).toEqual({
    leftOut: 0,
    items: [
      {
        name: 'absolute.h5',
        kind: 'hdf5',
        path: `${folder}/absolute.h5`,
        bytes: 10,
        modified: '2025-01-01T11:00:00.000Z',
      },
      {
        name: 'notebooks/analyse.ipynb',
        kind: 'notebook',
        path: `${folder}/notebooks/analyse.ipynb`,
        bytes: 100_000,
        modified: '2025-01-01T10:00:00.000Z',
      },
      {
        name: 'scan1.h5',
        kind: 'hdf5',
        path: `${folder}/scan1.h5`,
        bytes: 3_000_000,
        modified: '2025-01-01T09:00:00.000Z',
      },
    ],
  });
  expect(filtersOf(world, '/api/v4/origdatablocks/files')).toMatchObject([
    { limits: { sort: { 'dataFileList.path': 'asc' } } },
  ]);
  const found = await world.catalogue.files(signedIn, 'MA1001', SCAN_1, {
    text: 'ANALYSE',
  });
  expect(found?.items).toMatchObject([{ name: 'notebooks/analyse.ipynb' }]);
});

test('a dataset is only given as one of its own proposal', async () => {
  await using world = await scicatWorld();
  for (const pid of [OTHERS, 'nope', '..', SCAN_1]) {
    expect(await world.catalogue.files(signedIn, 'MA1002', pid, {})).toBeNull();
    expect(await world.catalogue.thumbnail(signedIn, 'MA1002', pid)).toBeNull();
  }
});

test('a picture in a data URL is given as its bytes, if it has one', async () => {
  await using world = await scicatWorld();
  const picture = await world.catalogue.thumbnail(signedIn, 'MA1001', SCAN_1);
  expect(picture?.type).toBe('image/png');
  expect([...(picture?.body.slice(0, 4) ?? [])]).toEqual([137, 80, 78, 71]);
  expect(
    await world.catalogue.thumbnail(signedIn, 'MA1001', SCAN_4),
  ).toBeNull();
});

test('a DOI leads to the proposal of what was published with it', async () => {
  await using world = await scicatWorld({
    choose: ({ path, query }) =>
      path === '/api/v4/publisheddata' && query['filter']?.includes('10.5072/x')
        ? { body: [{ doi: '10.5072/x', datasetPids: [SCAN_4, SCAN_1] }] }
        : undefined,
  });
  const { catalogue } = world;
  expect(await catalogue.byDoi(signedIn, '10.5072/x')).toBe('MA1001');
  expect(await catalogue.byDoi(signedIn, SCAN_1)).toBe('MA1001');
  expect(await catalogue.byDoi(signedIn, '10.5072/other')).toBeNull();
  // The dataset is open, its proposal is not.
  expect(await catalogue.byDoi(nobody, '10.5072/x')).toBeNull();
});

test('samples’ own lists of datasets, which ignore the sample, are not asked', async () => {
  await using world = await scicatWorld();
  await world.catalogue.datasets(signedIn, 'MA1001', {});
  expect(
    world.server.asked.filter(({ path }) => path.includes('/samples')),
  ).toEqual([]);
});
