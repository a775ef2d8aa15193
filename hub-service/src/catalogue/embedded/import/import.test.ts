import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../../testing/facility.js';
import { openCatalogue } from '../database.js';
import { CatalogueReader } from '../reader.js';
import type { Looking } from '../visible.js';
import { importCatalogue } from './import.js';
import { describe as inWords } from './report.js';

const TEMPLATES = path.resolve(
  __dirname,
  '../../../../../docs/admin/embedded-catalogue',
);

const NOW = '2026-11-21T12:00:00.000Z';
const as = (login: string | null, more: Partial<Looking> = {}): Looking => ({
  login,
  groups: [],
  staffOf: [],
  now: NOW,
  ...more,
});

const MINIMUM = {
  'instrument.csv': 'id,name\n1,BX11\n',
  'proposal.csv': 'id,identifier,title\np,MA-1,Crack growth\n',
  'experiment.csv':
    'id,proposal_id,instrument_id,start_date\ne,p,1,2026-01-02\n',
};

/** An empty catalogue, and a folder for its CSV. */
function world() {
  const folder = temporaryFolder();
  const csv = path.join(folder.path, 'csv');
  mkdirSync(csv);
  const database = openCatalogue(null);
  return {
    csv,
    reader: new CatalogueReader(database, 'embedded', ['/data']),
    write: (files: Record<string, string | Buffer>) => {
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(path.join(csv, name), content);
      }
    },
    load: (
      more: { from?: string; dryRun?: boolean; leaveOut?: boolean } = {},
    ) =>
      importCatalogue(database, {
        from: csv,
        dryRun: false,
        leaveOut: false,
        ...more,
      }),
    [Symbol.dispose]: () => {
      database.close();
      folder[Symbol.dispose]();
    },
  };
}

test.each(['csv', 'catalogue.json'])(
  'the template %s holds every kind of fact and is understood whole',
  async (name) => {
    using place = world();
    const report = await place.load({ from: path.join(TEMPLATES, name) });
    expect(report).toMatchObject({ rejected: 0, done: true, rows: 19 });
    expect(report.changes).toHaveLength(16);
    expect(place.reader.experiment(as('alindqvist'), 'e1')).toMatchObject({
      proposal: 'MA-5127',
      cycle: '2026-3',
      start: '2026-11-12T07:00:00.000Z',
      releaseAt: '2029-11-16T00:00:00.000Z',
      license: 'CC-BY-4.0',
      dataPath: '/data/BX11/MA-5127',
      people: [
        {
          name: 'Alice Lindqvist',
          role: 'pi',
          affiliationRor: 'https://ror.org/00example0',
          pids: [{ scheme: 'orcid' }, { scheme: 'umbrella' }],
        },
        { name: 'Ines Marand', role: 'local-contact' },
      ],
    });
    const datasets = place.reader.datasets(as('alice'), 'e1', {});
    expect(datasets?.items).toMatchObject([
      {
        sample: '2205-H-03',
        techniques: [{ name: 'X-ray diffraction' }],
        online: 'online',
        hasThumbnail: true,
      },
    ]);
    const id = (looking: Looking) =>
      place.reader.byDoi(looking, 'https://doi.org/10.5072/MA-5127');
    expect(id(as('alice'))).toBe('e1');
    expect(id(as('eve'))).toBeNull();
    expect(id(as('eve', { groups: ['metals-collaboration'] }))).toBe('e1');
    expect(place.reader.filters(as('alice'))).toEqual({
      instruments: [
        { name: 'BX11', fullName: 'High-energy X-ray diffraction' },
      ],
      cycles: ['2026-3'],
      years: [2026],
    });
    expect(place.reader.filters(as('eve')).instruments).toEqual([]);
  },
);

test('what has an end lapses by itself', async () => {
  using place = world();
  await place.load({ from: path.join(TEMPLATES, 'csv') });
  const why = (login: string, now: string) =>
    place.reader.experiment(as(login, { now }), 'e1')?.visibility;
  expect(why('ines', '2027-01-30T00:00:00.000Z')).toBe('member');
  expect(why('ines', '2027-02-01T00:00:00.000Z')).toBe('staff');
  expect(why('sam', '2027-12-30T00:00:00.000Z')).toBe('staff');
  expect(why('sam', '2028-01-01T00:00:00.000Z')).toBeUndefined();
  expect(why('sam', '2029-11-17T00:00:00.000Z')).toBe('public');
});

test('a dry run tells what would change, and changes nothing', async () => {
  using place = world();
  place.write(MINIMUM);
  expect((await place.load({ dryRun: true })).done).toBe(false);
  expect(place.reader.size()).toBe(0);
  await place.load();
  place.write({
    'proposal.csv': 'id,identifier,title\np,MA-1,Creep\nq,MA-2,\n',
    'experiment.csv': 'id,proposal_id,instrument_id\nf,q,1\n',
  });
  const report = await place.load({ dryRun: true });
  expect(inWords(report, true)).toEqual([
    'proposal: 1 added, 1 changed, 0 removed  (+q ~p)',
    'experiment: 1 added, 0 changed, 1 removed  (+f -e)',
    'Dry run: 4 rows read, 0 rejected, nothing changed.',
  ]);
  expect(place.reader.experiment(as(null, { staffOf: 'all' }), 'f')).toBeNull();
});

test('one faulty row stops the import, unless such rows may be left out', async () => {
  using place = world();
  place.write(MINIMUM);
  await place.load();
  place.write({
    'experiment.csv':
      'id,proposal_id,instrument_id,start_date,data_path\n' +
      'e,p,1,31/12/2026,\n' +
      'f,p,1,2026-02-30,\n' +
      'g,nosuch,1,,\n' +
      'h,p,1,,/data/../etc\n' +
      'i,p,1,,/data/i\n' +
      'i,p,1,,/data/i\n' +
      'j,p\n',
    'experiment_user.csv': 'experiment_id,user_id\ne,u\n',
  });
  const report = await place.load();
  expect(report.done).toBe(false);
  const told = report.firstRejected.map(
    ({ file, place: where, reason }) => `${file} ${where} ${reason}`,
  );
  expect(told).toEqual([
    expect.stringMatching(
      /^experiment\.csv line 2 start_date: .31\/12\/2026. is not a date/,
    ),
    expect.stringMatching(/line 3 start_date: .2026-02-30. is not a date/),
    expect.stringMatching(/line 5 data_path: expected an absolute path/),
    expect.stringMatching(/line 7 id i is there twice/),
    expect.stringMatching(/line 8 /),
    expect.stringMatching(
      /^experiment\.csv line 4 proposal_id: nosuch is not among/,
    ),
    expect.stringMatching(
      /^experiment_user\.csv line 2 experiment_id: e is not among/,
    ),
  ]);
  expect(
    place.reader.experiment(as(null, { staffOf: 'all' }), 'e'),
  ).not.toBeNull();
  expect(await place.load({ leaveOut: true })).toMatchObject({
    done: true,
    rejected: 7,
  });
  const all = place.reader.experiments(as(null, { staffOf: 'all' }), {});
  expect(all.items.map(({ ref }) => ref.id)).toEqual(['i']);
});

test.each([
  ['semicolons', 'id;name\r\n1;BX11\r\n'],
  ['tabs', 'id\tname\n1\tBX11\n'],
  ['a byte order mark', '\ufeffid,name\n1,BX11\n'],
  ['quotes and other order', 'name,id\n"BX11","1"\n\n'],
])('CSV with %s is understood', async (_, instrument) => {
  using place = world();
  place.write({ ...MINIMUM, 'instrument.csv': instrument });
  expect(await place.load()).toMatchObject({ rejected: 0, done: true });
});

test.each<[string, Record<string, string | Buffer>, RegExp]>([
  [
    'not UTF-8',
    { 'user.csv': Buffer.from('id,last_name\n1,M\xfcller\n', 'latin1') },
    /user\.csv is not UTF-8/,
  ],
  [
    'an unknown column',
    { 'user.csv': 'id,last_name,phone\n' },
    /no column “phone”/,
  ],
  [
    'a missing column',
    { 'user.csv': 'id,first_name\n' },
    /last_name is missing/,
  ],
  [
    'an unknown file',
    { 'users.csv': 'id\n' },
    /users\.csv is none of the files/,
  ],
])('a folder with %s is refused in words', async (_, files, why) => {
  using place = world();
  place.write({ ...MINIMUM, ...files });
  await expect(place.load({ leaveOut: true })).rejects.toThrow(why);
  expect(place.reader.size()).toBe(0);
});

test.each<[string, string, RegExp]>([
  ['no JSON', '{"experiments": [', /is no JSON/],
  ['a list', '[]', /expected an object/],
  [
    'an unknown list',
    '{"format":"beamtime-catalogue-1","users":[]}',
    /no list “users”/,
  ],
  ['another format', '{"format":"x"}', /format is not known/],
])('JSON that is %s is refused in words', async (_, text, why) => {
  using place = world();
  place.write({ 'c.json': text });
  await expect(
    place.load({ from: path.join(place.csv, 'c.json') }),
  ).rejects.toThrow(why);
});

test('a file of a gigabyte is refused unread', async () => {
  using place = world();
  place.write({ ...MINIMUM, 'datafile.csv': '' });
  truncateSync(path.join(place.csv, 'datafile.csv'), 2 ** 30);
  await expect(place.load()).rejects.toThrow(/datafile\.csv has 1024 MiB/);
});
