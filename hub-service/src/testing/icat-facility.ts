import type { ExperimentQuery } from '@beamtime/contract';
import type { Asking } from '../catalogue/adapter.js';
import { HttpSource } from '../catalogue/http/source.js';
import { IcatConfig } from '../catalogue/icat/config.js';
import { IcatCatalogue } from '../catalogue/icat/icat.js';
import { asking } from './asking.js';
import { caller } from './facility.js';
import { FakeIcat } from './fake-icat.js';
import type { FakeIcatWorld, FakeInvestigation } from './fake-icat-world.js';
import { RecordedServer } from './recorded-server.js';

export const ISSUER = 'https://login.example.org';
const encode = (part: unknown) =>
  Buffer.from(JSON.stringify(part)).toString('base64url');
/** As the identity provider gives it to Ada; ICAT is told who it is for. */
export const TOKEN = `${encode({ alg: 'RS256', kid: 'k1' })}.${encode({ iss: ISSUER, sub: 'ada' })}.c2ln`;

export const FIRST: FakeInvestigation = {
  id: 1,
  name: 'MA1001',
  title: "Operando XAS of O'Neil’s catalysts",
  visitId: '1',
  summary: 'An abstract',
  doi: 'DOI:10.99999/ES-1',
  start: '2025-01-01T08:00:00Z',
  end: '2025-01-04T08:00:00Z',
  release: '2028-01-04T08:00:00Z',
  instrument: 'ID00',
  cycle: '2025-1',
  users: [
    { name: 'db/ada', role: 'Principal investigator' },
    { name: 'db/grace', role: 'Local contact' },
  ],
  readers: ['db/ines', 'db/service'],
};

export const SECOND: FakeInvestigation = {
  id: 2,
  name: 'MA1002',
  title: 'Open data at 100% humidity',
  doi: '10.99999/ES-2',
  start: '2020-03-01T08:00:00Z',
  release: '2023-01-01T00:00:00Z',
  instrument: 'BM00',
  cycle: '2020-1',
  users: [{ name: 'db/grace', role: 'Participant' }],
  readers: ['db/ada', 'db/ines', 'db/service'],
  isOpen: true,
};

/** Three experiments: Ada’s under embargo, an open one, and one of others. */
export const WORLD: FakeIcatWorld = {
  users: [
    {
      name: 'db/ada',
      fullName: 'Ada Lovelace',
      orcidId: '0000-0002-1825-0097',
    },
    { name: 'db/grace', fullName: 'Grace Hopper' },
    { name: 'db/ines', fullName: 'Ines Scientist' },
  ],
  instruments: [
    { name: 'ID00', fullName: 'ID00 spectroscopy', scientists: ['db/ines'] },
    { name: 'BM00' },
  ],
  investigations: [
    FIRST,
    SECOND,
    {
      id: 3,
      name: 'MA1003',
      title: 'Of others',
      start: '2025-02-01T08:00:00Z',
      release: '2028-01-01T00:00:00Z',
      instrument: 'BM00',
      users: [{ name: 'db/grace', role: 'PI' }],
      readers: ['db/service'],
    },
  ],
  datasets: [
    {
      id: 11,
      investigation: 1,
      name: 'scan1',
      location: '/data/visitor/ma1001/id00/20250101/raw/scan1',
      start: '2025-01-01T08:00:00Z',
      technique: 'XAS',
      sample: 'Mo foil',
    },
    { id: 12, investigation: 1, name: 'scan2', location: '/etc' },
    { id: 21, investigation: 2, name: 'open', location: 'ma1002/raw' },
  ],
  files: [
    {
      id: 111,
      dataset: 11,
      name: 'scan1.h5',
      location: '/data/visitor/ma1001/id00/20250101/raw/scan1/scan1.h5',
    },
    {
      id: 112,
      dataset: 11,
      name: 'sub/note.ipynb',
      location: 'sub/note.ipynb',
    },
    {
      id: 113,
      dataset: 11,
      name: 'evil.h5',
      location: '../../../../../../../etc/passwd',
    },
    { id: 114, dataset: 11, name: 'nowhere.dat', location: null },
  ],
};

/** An ICAT server as `world` says, and the adapter before it. */
export async function icatFacility({
  world = WORLD,
  config = {},
  who,
  deadlineMs = 60_000,
  staffOf = [],
}: {
  world?: FakeIcatWorld;
  config?: object;
  who?: (login: { plugin: string }) => string | null;
  deadlineMs?: number;
  staffOf?: Asking['staffOf'];
} = {}) {
  let user = 'db/ada';
  const icat = new FakeIcat(
    world,
    who ??
      (({ plugin }) =>
        plugin === 'anon'
          ? 'anon/anon'
          : plugin === 'db'
            ? 'db/service'
            : user),
  );
  const server = new RecordedServer('icat', icat.choose);
  const url = `${await server.start()}/icat`;
  const entry = IcatConfig.parse({
    name: 'icat',
    kind: 'icat',
    label: 'The facility’s ICAT',
    url,
    auth: { kind: 'user', issuer: ISSUER },
    dataPath: '/data/visitor/{proposal:lower}/{instrument:lower}/{date}',
    portal: 'https://data.example.org/{id}',
    ...config,
  });
  const catalogue = new IcatCatalogue(
    {
      ...entry,
      source: entry.name,
      dataRoots: ['/data'],
      now: () => Date.parse('2026-11-21T12:00:00Z'),
    },
    new HttpSource({ label: entry.label, url, deadlineMs }),
  );
  const ask = (name: string | null = 'ada', token: string | null = TOKEN) =>
    asking(name === null ? null : caller(name), token, staffOf);
  return {
    icat,
    server,
    catalogue,
    ask,
    as: (name: string) => {
      user = name;
    },
    ids: async (query: ExperimentQuery = {}, by: Asking = ask()) =>
      (await catalogue.experiments(by, query)).items.map(({ ref }) => ref.id),
    queries: () => server.asked.map(({ query }) => query['query'] ?? ''),
    [Symbol.asyncDispose]: async () => {
      await catalogue.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
