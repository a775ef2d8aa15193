import { RecordedServer } from '../../testing/recorded-server.js';
import { toDataset, toExperiment, toFile } from './map.js';
import { Places } from '../remote/places.js';
import * as z from 'zod/mini';
import {
  DatafileRow,
  DatasetRow,
  Hits,
  IcatFault,
  InvestigationRow,
  Login,
  Properties,
} from './records.js';

/** What icat.server 6.2.0 answered. */
const { recorded } = new RecordedServer('icat');
const places = new Places({ locations: [], dataRoots: ['/data'] });
const map = { source: 'icat', places, datasetParameters: ['scanType'] };

test('reads the experiments of a real server', () => {
  const rows = z
    .array(InvestigationRow)
    .parse(recorded('16-').body)
    .map((row) => toExperiment(row.Investigation, 'member', map));
  expect(rows[0]).toEqual({
    ref: { source: 'icat', id: '11' },
    proposal: 'MA1011',
    visit: '1',
    title: 'Test investigation 11',
    abstract: 'Abstract 11',
    instrument: { name: 'ID00', fullName: 'ID00 spectroscopy' },
    start: '2025-01-11T08:00:00.000Z',
    end: '2025-01-14T08:00:00.000Z',
    releaseAt: '2028-01-14T08:00:00.000Z',
    visibility: 'member',
    people: [
      {
        name: 'Grace Hopper',
        login: 'grace',
        email: 'grace@lab.example',
        role: 'local-contact',
        pids: [],
      },
      {
        name: 'Ada Lovelace',
        login: 'ada',
        email: 'ada@lab.example',
        affiliation: 'LAB',
        role: 'pi',
        pids: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }],
      },
    ],
    pids: [{ scheme: 'doi', value: '10.99999/ES-11' }],
  });
});

test('reads its datasets, whose techniques it has dropped without a word', () => {
  const [row] = z.array(DatasetRow).parse(recorded('30-').body);
  expect(row && toDataset(row.Dataset, map)).toEqual({
    ref: { source: 'icat', id: '3' },
    name: 'scan3',
    description: 'scanType: datacollection',
    type: 'raw',
    techniques: [],
    start: '2025-01-03T08:00:00.000Z',
    end: '2025-01-03T09:00:00.000Z',
    path: '/data/visitor/ma1001/id00/20250101/RAW_DATA/sample1/scan3',
    pids: [{ scheme: 'doi', value: '10.99999/DC-3' }],
    hasThumbnail: false,
  });
});

test('reads its files', () => {
  const folder = '/data/visitor/ma1001/id00/20250101';
  const [, scan] = z
    .array(DatafileRow)
    .parse(recorded('33-').body)
    .map((row) => toFile(row, places, undefined, folder));
  expect(scan).toEqual({
    name: 'scan1.h5',
    kind: 'hdf5',
    path: `${folder}/RAW_DATA/sample1/scan1/scan1.h5`,
    relPath: 'RAW_DATA/sample1/scan1/scan1.h5',
    bytes: 3_000_000,
    modified: '2025-01-01T09:00:00.000Z',
  });
});

test('reads what it says of itself, of a sign-in, and of a search without an engine', () => {
  expect(Properties.parse(recorded('02-').body)).toMatchObject({
    maxEntities: 1000,
    authenticators: [{ mnemonic: 'simple' }],
  });
  expect(Login.safeParse(recorded('03-').body).success).toBe(true);
  expect(Hits.parse(recorded('44-').body).results).toEqual([]);
});

test.each([
  ['04-', 'SESSION'],
  ['06-', 'SESSION'],
  ['28-', 'INSUFFICIENT_PRIVILEGES'],
  ['29-', 'NO_SUCH_OBJECT_FOUND'],
  ['39-', 'BAD_PARAMETER'],
  ['41-', 'SESSION'],
  ['46-', 'NOT_IMPLEMENTED'],
  ['65-', 'SESSION'],
  ['66-', 'SESSION'],
])('reads the code of a refusal: %s %s', (name, code) => {
  expect(IcatFault.parse(recorded(name).body).code).toBe(code);
});
