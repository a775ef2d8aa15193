import { utimesSync } from 'node:fs';
import type { ExperimentQuery } from '@beamtime/contract';
import {
  FACILITY,
  caller,
  temporaryFolder,
  writeCatalogue,
} from '../../testing/facility.js';
import { asking as ask } from '../../testing/asking.js';
import type { Viewer } from '../adapter.js';
import { Roles } from '../roles.js';
import { EmbeddedCatalogue } from './embedded.js';
import { isBelow } from './paths.js';

const roles = new Roles(['support'], { D7P: ['d7p-scientists'] });
const asking = (viewer: Viewer) => ask(viewer, null, roles.staffOf(viewer));

/** The facility's catalogue on 21 Nov 2026, with a clock that is set by hand. */
async function world(content: unknown = FACILITY) {
  const folder = temporaryFolder();
  const path = writeCatalogue(folder.path, content);
  const clock = { now: Date.parse('2026-11-21T12:00:00Z') };
  const catalogue = new EmbeddedCatalogue({
    source: 'embedded',
    label: 'The facility’s catalogue',
    stateDir: folder.path,
    dataRoots: ['/data'],
    file: path,
    now: () => new Date(clock.now),
    patienceMs: 60_000,
  });
  await catalogue.start();
  return {
    catalogue,
    later: (milliseconds: number) => (clock.now += milliseconds),
    write: (changed: unknown) => {
      writeCatalogue(folder.path, changed);
      utimesSync(path, 1, (clock.now += 2_000) / 1_000);
    },
    ids: async (viewer: Viewer, query: ExperimentQuery = {}) =>
      (await catalogue.experiments(asking(viewer), query)).items.map(
        ({ ref }) => ref.id,
      ),
    [Symbol.asyncDispose]: async () => {
      await catalogue.close();
      folder[Symbol.dispose]();
    },
  };
}

const people = {
  alice: caller('alice'),
  bob: caller('bob'),
  ines: caller('ines'),
  ada: caller('ada', { admin: true }),
  support: caller('sam', { groups: ['support'] }),
  diffraction: caller('dan', { groups: ['d7p-scientists'] }),
  stranger: caller('eve'),
  nobody: null,
};

test.each<[keyof typeof people, Record<string, string>]>([
  ['alice', { steel: 'member', marble: 'public' }],
  ['bob', { marble: 'member', outside: 'member' }],
  ['ines', { steel: 'staff', marble: 'public' }],
  ['ada', { steel: 'staff', marble: 'staff', outside: 'staff' }],
  ['support', { steel: 'staff', marble: 'staff', outside: 'staff' }],
  ['diffraction', { marble: 'staff', outside: 'staff' }],
  ['stranger', { marble: 'public' }],
  ['nobody', { marble: 'public' }],
])('shows %s what they may see, and why', async (who, expected) => {
  await using facility = await world();
  const viewer = people[who];
  const { items, total } = await facility.catalogue.experiments(
    asking(viewer),
    {},
  );
  expect(
    Object.fromEntries(
      items.map(({ ref, visibility }) => [ref.id, visibility]),
    ),
  ).toEqual(expected);
  expect(total).toBe(items.length);
  for (const { id } of FACILITY.experiments) {
    const one = await facility.catalogue.experiment(asking(viewer), id);
    expect(one?.visibility).toBe(expected[id]);
    const datasets = await facility.catalogue.datasets(asking(viewer), id, {});
    expect(datasets === null).toBe(!(id in expected));
  }
});

test('tells the public nothing of the team, by list or by search', async () => {
  await using facility = await world();
  const seen = await facility.catalogue.experiment(
    asking(people.stranger),
    'marble',
  );
  expect(seen?.people).toEqual([]);
  expect(await facility.ids(people.stranger, { text: 'bader' })).toEqual([]);
  expect(await facility.ids(people.bob, { text: 'bader' })).toEqual([
    'marble',
    'outside',
  ]);
});

test.each([
  ['muller', ['steel']],
  ['MÜLL', ['steel']],
  ['MA-5127', ['steel']],
  ['ma5127', ['steel']],
  ['crack', ['steel', 'marble']],
  ['crack marb', ['marble']],
  ['kagome', ['steel']],
  ['10.5072/ma', ['steel']],
  ['"crack" OR *', []],
  ['" -- ', []],
  ['ack', []],
  ['mu ali steel', ['steel']],
  ['BX11 müller', ['steel']],
  ['', ['steel', 'marble', 'outside']],
])('finds by the beginnings of words: %j', async (text, expected) => {
  await using facility = await world();
  expect(await facility.ids(people.ada, { text })).toEqual(expected);
});

test('gives a data path only below the allowed folders', async () => {
  await using facility = await world();
  const path = async (id: string) =>
    (await facility.catalogue.experiment(asking(people.ada), id))?.dataPath;
  expect(await path('steel')).toBe('/data/MA-5127');
  expect(await path('outside')).toBeUndefined();
  expect(isBelow('/database/x', ['/data'])).toBe(false);
  expect(isBelow('/data', ['/data/'])).toBe(false);
  expect(isBelow('/data/x', ['/data/'])).toBe(true);
});

test('keeps what the file says of data', async () => {
  await using facility = await world();
  const ask = asking(people.alice);
  const datasets = await facility.catalogue.datasets(ask, 'steel', {});
  expect(datasets?.items).toMatchObject([
    { ref: { source: 'embedded', id: 'steel/d1' }, bytes: 5_000_000 },
  ]);
  const files = await facility.catalogue.files(ask, 'steel', 'steel/d1', {});
  expect(files?.items).toMatchObject([
    { name: 'scan_0001.nxs', relPath: 'raw/scan_0001.nxs', kind: 'hdf5' },
  ]);
  expect(
    await facility.catalogue.files(ask, 'marble', 'steel/d1', {}),
  ).toBeNull();
  expect(
    await facility.catalogue.experiment(asking(people.alice), 'steel'),
  ).toMatchObject({
    start: '2026-11-12T07:00:00.000Z',
    instrument: { name: 'BX11', fullName: 'Strain beamline' },
    pids: [{ scheme: 'doi', value: '10.5072/ma-5127' }],
    datasetCount: 1,
    bytes: 5_000_000,
  });
});

test('gives each experiment once over pages of any size', async () => {
  const experiments = Array.from({ length: 25 }, (_, n) => ({
    ...FACILITY.experiments[0],
    id: `e${n}`,
    // Some begin together, some have no start: neither may be lost between two pages.
    start: n < 5 ? undefined : `2026-01-${String((n % 4) + 10)}T00:00:00Z`,
  }));
  await using facility = await world({ ...FACILITY, experiments });
  const whole = await facility.ids(people.alice, { limit: 200 });
  expect(whole).toHaveLength(25);
  for (const limit of [1, 7, 24, 25]) {
    const got: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await facility.catalogue.experiments(asking(people.alice), {
        limit,
        cursor,
      });
      got.push(...page.items.map(({ ref }) => ref.id));
      expect(page.total).toBe(25);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(got).toEqual(whole);
  }
});

test('refuses a cursor that is not one', async () => {
  await using facility = await world();
  await expect(
    facility.catalogue.experiments(asking(people.alice), {
      cursor: 'nonsense',
    }),
  ).rejects.toMatchObject({ code: 'bad-request' });
});

test('leaves out a faulty row, says so, and shows the rest', async () => {
  const [steel, marble] = FACILITY.experiments;
  await using facility = await world({
    ...FACILITY,
    experiments: [
      { ...steel, team: [{ name: 'X', role: 'boss' }] },
      {
        ...marble,
        datasets: [{ id: 'd', name: 'n', files: [{ relPath: '../x' }] }],
      },
    ],
  });
  expect(await facility.ids(people.ada)).toEqual(['marble']);
  expect(
    await facility.catalogue.datasets(asking(people.ada), 'marble', {}),
  ).toMatchObject({ items: [{ name: 'n', fileCount: 0 }] });
  expect(facility.catalogue.problems).toEqual([
    expect.stringMatching(
      /2 rows of the catalogue file .* left out\. The first: catalogue\.json, experiments\[0\]: team\[0\]\.role/,
    ),
  ]);
});

test('follows the file, and keeps what it knows when the file is broken', async () => {
  await using facility = await world();
  expect(await facility.ids(people.stranger)).toEqual(['marble']);
  facility.write({ ...FACILITY, experiments: [] });
  expect(await facility.ids(people.ada)).toEqual([]);
  facility.write(FACILITY);
  expect(await facility.ids(people.alice)).toEqual(['steel', 'marble']);
  facility.write('{"experiments": [');
  const page = await facility.catalogue.experiments(asking(people.alice), {});
  expect(page.items).toHaveLength(2);
  expect(page.problem).toMatch(/may be missing/);
  expect(facility.catalogue.problems[0]).toMatch(/is no JSON/);
  facility.write(FACILITY);
  await facility.ids(people.alice);
  expect(facility.catalogue.problems).toEqual([]);
});
