import * as z from 'zod/mini';
import { asking } from '../../testing/asking.js';
import { caller } from '../../testing/facility.js';
import { icatPlusFacility, WORLD } from '../../testing/icatplus-facility.js';
import { RecordedServer } from '../../testing/recorded-server.js';
import { HttpSource } from '../http/source.js';
import { Places } from '../remote/places.js';
import { IcatPlusConfig } from './config.js';
import { IcatPlusCatalogue } from './icatplus.js';
import { toDataset, toFile } from './map.js';
import { Datafile, PlusDataset } from './records.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test.each([
  [
    ['ONLINE', 'ARCHIVED'],
    ['online', 'archived'],
  ],
  [
    [{ status: 'RESTORING' }, { status: null }],
    ['restoring', undefined],
  ],
  [['ONLINE'], [undefined, undefined]],
  [undefined, [undefined, undefined]],
])('gives datasets, and where they are: %j', async (statuses, online) => {
  await using world = await icatPlusFacility({
    world: { ...WORLD, statuses },
  });
  const page = await world.catalogue.datasets(world.ask(), '1', {});
  expect(page?.total).toBe(2);
  expect(page?.items.map((dataset) => dataset.online)).toEqual(online);
  expect(page?.items[0]).toMatchObject({
    ref: { source: 'plus', id: '11' },
    type: 'raw',
    sample: 'Mo foil',
    techniques: [{ name: 'XAS', pid: 'PaNET01196' }],
    start: '2025-01-01T08:10:00.000Z',
    path: '/data/visitor/ma1001/id00/20250101/RAW_DATA/scan1',
    fileCount: 7,
    bytes: 1000,
  });
  expect(page?.items[1]).not.toHaveProperty('path');
  expect(await world.catalogue.datasets(world.ask(), '3', {})).toBeNull();
});

test('gives files, only of the experiment’s own datasets', async () => {
  await using world = await icatPlusFacility();
  const page = await world.catalogue.files(world.ask(), '1', '11', {});
  expect(page).toEqual({
    items: [
      {
        name: 'scan1.h5',
        kind: 'hdf5',
        bytes: 1234,
        path: '/data/visitor/ma1001/id00/20250101/RAW_DATA/scan1/scan1.h5',
        relPath: 'RAW_DATA/scan1/scan1.h5',
      },
      { name: 'evil', kind: 'other', bytes: 1234 },
    ],
  });
  const first = await world.catalogue.files(world.ask(), '1', '11', {
    limit: 1,
  });
  const { next: cursor = '' } = first ?? {};
  const second = await world.catalogue.files(world.ask(), '1', '11', {
    limit: 1,
    cursor,
  });
  expect(second?.items).toMatchObject([{ name: 'evil' }]);
  expect(second).not.toHaveProperty('next');
  for (const dataset of ['21', '99', 'x']) {
    expect(
      await world.catalogue.files(world.ask(), '1', dataset, {}),
    ).toBeNull();
  }
});

test('gives instruments, a DOI’s experiment, and that it is there', async () => {
  await using world = await icatPlusFacility();
  const { catalogue, ask } = world;
  expect(await catalogue.filters(ask())).toEqual({
    instruments: [{ name: 'ID00', fullName: 'Spectroscopy' }],
    cycles: [],
    years: [],
  });
  expect(await catalogue.byDoi(ask(), '10.15151/esrf-es-1')).toBe('1');
  expect(await catalogue.byDoi(ask(), '10.15151/esrf')).toBeNull();
  expect(await catalogue.probe(ask().signal)).toEqual({});
});

test.each(['nonsense', 'eyJza2lwcyI6W119', '-1'])(
  'refuses a cursor that is not one of ours: %s',
  async (cursor) => {
    await using world = await icatPlusFacility();
    const refusal = { code: 'bad-request' };
    await expect(world.ids({ cursor })).rejects.toMatchObject(refusal);
    await expect(
      world.catalogue.datasets(world.ask(), '1', { cursor }),
    ).rejects.toMatchObject(refusal);
  },
);

test('reads what the vendor’s own mock answers', async () => {
  await using mock = new RecordedServer('icatplus', (asked, recorded) =>
    asked.path.endsWith('/investigation') ? recorded('03-') : undefined,
  );
  const url = await mock.start();
  const { name, ...entry } = IcatPlusConfig.parse({
    name: 'plus',
    kind: 'icat+',
    label: 'The data portal',
    url,
    auth: { kind: 'user', issuer: 'https://sso.example.org' },
  });
  const catalogue = new IcatPlusCatalogue(
    { ...entry, source: name, dataRoots: ['/data'] },
    new HttpSource({ label: entry.label, url }),
  );
  const ask = asking(caller('ada'), 'token');
  const { items } = await catalogue.experiments(ask, { scope: 'mine' });
  expect(items).toMatchObject([
    {
      ref: { source: 'plus', id: '0' },
      proposal: 'ma1001',
      instrument: { name: 'id00' },
      start: '2025-01-01T08:00:00.000Z',
    },
  ]);
  const site = {
    source: 'plus',
    places: new Places({ locations: [], dataRoots: ['/data'] }),
  };
  const [dataset] = z.array(PlusDataset).parse(mock.recorded('05-').body);
  expect(dataset && toDataset(dataset, undefined, site)).toMatchObject({
    name: 'scan1',
    sample: 'Mo foil',
    start: '2025-01-01T08:10:00.000Z',
    path: '/data/visitor/ma1001/id00/20250101/RAW_DATA/sample1/sample1_scan1',
  });
  const [file] = z.array(Datafile).parse(mock.recorded('07-').body);
  expect(file && toFile(file, site.places, '/data/x')).toEqual({
    name: 'y.h5',
    path: '/data/x/y.h5',
    relPath: 'y.h5',
    kind: 'hdf5',
    bytes: 1234,
  });
  await catalogue.close();
});
