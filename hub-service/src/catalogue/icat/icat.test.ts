import type { ExperimentQuery } from '@beamtime/contract';
import { FIRST, icatFacility, WORLD } from '../../testing/icat-facility.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test('gives what a member may see, with people, place and links', async () => {
  await using world = await icatFacility();
  const { items, total } = await world.catalogue.experiments(world.ask(), {});
  expect(total).toBe(2);
  expect(items.map(({ ref, visibility }) => [ref.id, visibility])).toEqual([
    ['1', 'member'],
    ['2', 'public'],
  ]);
  expect(items[1]?.people).toEqual([]);
  expect(await world.catalogue.experiment(world.ask(), '1')).toEqual({
    ref: { source: 'icat', id: '1' },
    proposal: 'MA1001',
    visit: '1',
    cycle: '2025-1',
    title: "Operando XAS of O'Neil’s catalysts",
    abstract: 'An abstract',
    instrument: { name: 'ID00', fullName: 'ID00 spectroscopy' },
    start: '2025-01-01T08:00:00.000Z',
    end: '2025-01-04T08:00:00.000Z',
    releaseAt: '2028-01-04T08:00:00.000Z',
    visibility: 'member',
    people: [
      {
        name: 'Grace Hopper',
        login: 'grace',
        role: 'local-contact',
        pids: [],
      },
      {
        name: 'Ada Lovelace',
        login: 'ada',
        role: 'pi',
        pids: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }],
      },
    ],
    pids: [{ scheme: 'doi', value: '10.99999/ES-1' }],
    url: 'https://data.example.org/1',
    dataPath: '/data/visitor/ma1001/id00/20250101',
  });
});

test('an instrument’s scientist sees its experiments as staff', async () => {
  await using world = await icatFacility();
  world.as('db/ines');
  const { items } = await world.catalogue.experiments(world.ask('ines'), {});
  expect(items.map(({ ref, visibility }) => [ref.id, visibility])).toEqual([
    ['1', 'staff'],
    ['2', 'public'],
  ]);
  expect(await world.ids({ scope: 'instrument' }, world.ask('ines'))).toEqual([
    '1',
  ]);
  expect(await world.ids({ scope: 'mine' }, world.ask('ines'))).toEqual([]);
  expect(await world.catalogue.experiment(world.ask('ines'), '3')).toBeNull();
});

test('names the instrument’s scientists where there is no local contact', async () => {
  await using world = await icatFacility({
    world: {
      ...WORLD,
      investigations: [
        {
          ...FIRST,
          users: [{ name: 'db/ada', role: 'Principal investigator' }],
        },
      ],
    },
  });
  const one = await world.catalogue.experiment(world.ask(), '1');
  expect(one?.people).toMatchObject([
    {
      name: 'Ines Scientist',
      role: 'local-contact',
      roleLabel: 'Instrument scientist',
    },
    { name: 'Ada Lovelace', role: 'pi' },
  ]);
});

test('shows nobody what is released, without the team', async () => {
  await using world = await icatFacility();
  const page = await world.catalogue.experiments(world.ask(null, null), {});
  expect(page.items).toMatchObject([
    { ref: { id: '2' }, visibility: 'public', people: [] },
  ]);
  expect(page.problem).toBeUndefined();
  expect(world.icat.logins).toEqual([{ plugin: 'anon', credentials: [] }]);
  expect(await world.ids({ text: 'grace' }, world.ask(null))).toEqual([]);
  expect(await world.ids({ scope: 'mine' }, world.ask(null))).toEqual([]);
  expect(await world.catalogue.experiment(world.ask(null), '1')).toBeNull();
  expect(await world.catalogue.datasets(world.ask(null), '1', {})).toBeNull();
  const open = await world.catalogue.datasets(world.ask(null), '2', {});
  expect(open?.items).toMatchObject([{ ref: { id: '21' } }]);
});

test.each<[string, ExperimentQuery, string[]]>([
  ['text', { text: 'operando' }, ['1']],
  ['two words in two fields', { text: 'xas ma1001' }, ['1']],
  ['a quote', { text: "O'Neil" }, ['1']],
  ['a percent sign', { text: '100%' }, ['2']],
  ['no wildcard', { text: 'op_rando' }, []],
  ['hostile text', { text: "x') OR (i.id > 0 OR i.name = '" }, []],
  ['what looks like a timestamp', { text: ':ts20250101000000' }, []],
  ['the instrument', { text: 'bm00' }, ['2']],
  ['people of one’s own team', { text: 'hopper' }, ['1']],
  ['instruments', { instruments: ['ID00', "X'"] }, ['1']],
  ['a cycle', { cycle: '2020-1' }, ['2']],
  ['a first day', { from: '2025-01-01' }, ['1']],
  ['a day after', { from: '2025-01-02' }, []],
  ['a last day', { to: '2020-03-01' }, ['2']],
  ['mine', { scope: 'mine' }, ['1']],
  ['open', { scope: 'public' }, ['2']],
  ['under embargo', { scope: 'embargoed' }, ['1']],
  ['by title', { sort: 'title' }, ['2', '1']],
  ['by proposal, from Z', { sort: 'proposal', order: 'desc' }, ['2', '1']],
  ['oldest first', { order: 'asc' }, ['2', '1']],
])('narrows and sorts: %s', async (_, query, expected) => {
  await using world = await icatFacility();
  expect(await world.ids(query)).toEqual(expected);
});

test('finds by the search engine where there is one', async () => {
  await using world = await icatFacility({ world: { ...WORLD, hits: [2] } });
  expect(await world.ids({ text: 'humid catalysis' })).toEqual(['2']);
});

test('gives datasets and files, and paths only where data may lie', async () => {
  await using world = await icatFacility();
  const datasets = await world.catalogue.datasets(world.ask(), '1', {});
  expect(datasets).toMatchObject({
    total: 2,
    items: [
      {
        ref: { source: 'icat', id: '11' },
        type: 'raw',
        sample: 'Mo foil',
        techniques: [{ name: 'XAS' }],
        path: '/data/visitor/ma1001/id00/20250101/raw/scan1',
        hasThumbnail: false,
      },
      { ref: { id: '12' } },
    ],
  });
  // 0 is what ICAT gives when nobody counts.
  expect(datasets?.items[0]).not.toHaveProperty('fileCount');
  expect(datasets?.items[1]).not.toHaveProperty('path');
  const files = await world.catalogue.files(world.ask(), '1', '11', {});
  expect(files).toEqual({
    total: 4,
    items: [
      {
        name: 'evil.h5',
        kind: 'hdf5',
        bytes: 1000,
        modified: '2025-01-01T09:00:00.000Z',
      },
      {
        name: 'nowhere.dat',
        kind: 'other',
        bytes: 1000,
        modified: '2025-01-01T09:00:00.000Z',
      },
      {
        name: 'scan1.h5',
        kind: 'hdf5',
        bytes: 1000,
        modified: '2025-01-01T09:00:00.000Z',
        path: '/data/visitor/ma1001/id00/20250101/raw/scan1/scan1.h5',
        relPath: 'raw/scan1/scan1.h5',
      },
      expect.objectContaining({
        name: 'note.ipynb',
        kind: 'notebook',
        path: '/data/visitor/ma1001/id00/20250101/raw/scan1/sub/note.ipynb',
      }) as object,
    ],
  });
  const some = await world.catalogue.files(world.ask(), '1', '11', {
    text: 'SCAN',
  });
  expect(some?.items).toHaveLength(1);
  for (const [id, dataset] of [
    ['1', '21'],
    ['1', '99'],
    ['1', 'x'],
    ['3', '11'],
    ["1'", '11'],
  ] as const) {
    expect(
      await world.catalogue.files(world.ask(), id, dataset, {}),
    ).toBeNull();
  }
});

test('keeps an experiment whose relations the rules drop without a word', async () => {
  await using world = await icatFacility({
    world: {
      ...WORLD,
      dropped: ['investigationUsers', 'investigationInstruments'],
    },
  });
  const { items } = await world.catalogue.experiments(world.ask(), {});
  expect(items[0]).toMatchObject({
    visibility: 'member',
    people: [],
    instrument: { name: '' },
  });
  expect(items[0]).not.toHaveProperty('dataPath');
});

test('gives what lists can be narrowed to, a DOI’s experiment, and the version', async () => {
  await using world = await icatFacility();
  expect(await world.catalogue.filters(world.ask())).toEqual({
    instruments: [
      { name: 'BM00' },
      { name: 'ID00', fullName: 'ID00 spectroscopy' },
    ],
    cycles: ['2025-1', '2020-1'],
    years: [2025, 2024, 2023, 2022, 2021, 2020],
  });
  expect(await world.catalogue.byDoi(world.ask(), '10.99999/es-1')).toBe('1');
  expect(await world.catalogue.byDoi(world.ask(), '10.99999/es')).toBeNull();
  expect(
    await world.catalogue.byDoi(world.ask(null), '10.99999/es-1'),
  ).toBeNull();
  expect(await world.catalogue.probe(world.ask().signal)).toEqual({
    version: '6.2.0',
  });
});
