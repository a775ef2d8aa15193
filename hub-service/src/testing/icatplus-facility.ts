import type { ExperimentQuery } from '@beamtime/contract';
import type { Asking } from '../catalogue/adapter.js';
import { HttpSource } from '../catalogue/http/source.js';
import { IcatPlusConfig } from '../catalogue/icatplus/config.js';
import { IcatPlusCatalogue } from '../catalogue/icatplus/icatplus.js';
import { asking } from './asking.js';
import { caller } from './facility.js';
import { FakeIcatPlus, type FakeIcatPlusWorld } from './fake-icatplus.js';
import { RecordedServer } from './recorded-server.js';

export const ADA = {
  name: 'ada',
  fullName: 'Ada Lovelace',
  role: 'Principal investigator',
  orcidId: '0000-0002-1825-0097',
};
export const GRACE = {
  name: 'grace',
  fullName: 'Grace Hopper',
  role: 'Local contact',
};

export const WORLD: FakeIcatPlusWorld = {
  scientists: { ines: ['ID00'] },
  investigations: [
    {
      id: 1,
      name: 'MA1001',
      title: 'Operando XAS',
      doi: '10.15151/ESRF-ES-1',
      startDate: '2025-01-01T08:00:00',
      releaseDate: '2028-01-01',
      instrument: 'ID00',
      team: [ADA, GRACE],
    },
    {
      id: 2,
      name: 'HG77',
      title: 'Open paintings',
      doi: '10.15151/ESRF-ES-2',
      startDate: '2020-03-01T08:00:00.000+01:00',
      releaseDate: '2023-01-01',
      instrument: 'ID01',
      team: [GRACE],
    },
    {
      id: 3,
      name: 'CH5',
      title: 'Of others',
      startDate: '2025-02-01T08:00:00',
      releaseDate: '2028-01-01',
      instrument: 'ID01',
      team: [{ ...GRACE, name: 'adalbert' }],
    },
    {
      id: 4,
      name: 'MA0900',
      title: 'Ada’s, open',
      startDate: '2019-02-01T08:00:00',
      releaseDate: '2022-01-01',
      instrument: 'ID00',
      team: [ADA],
    },
  ],
  datasets: [
    {
      id: 11,
      investigation: 1,
      name: 'scan1',
      location: '/data/visitor/ma1001/id00/20250101/RAW_DATA/scan1',
    },
    { id: 12, investigation: 1, name: 'scan2', location: '/etc/shadow' },
    { id: 21, investigation: 2, name: 'open' },
  ],
  files: [
    {
      id: 111,
      dataset: 11,
      name: '/scan1.h5',
      location: '/data/visitor/ma1001/id00/20250101/RAW_DATA/scan1/scan1.h5',
    },
    { id: 112, dataset: 11, name: 'evil', location: '/data/../etc/passwd' },
    { id: 211, dataset: 21, name: 'x.h5', location: '/data/x.h5' },
  ],
  statuses: ['ONLINE', 'ARCHIVED'],
};

/** An ICAT+ server as `world` says, and the adapter before it. */
export async function icatPlusFacility({
  world = WORLD,
  config = {},
  refuse = false,
  deadlineMs = 60_000,
}: {
  world?: FakeIcatPlusWorld;
  config?: object;
  refuse?: boolean;
  deadlineMs?: number;
} = {}) {
  let user = 'ada';
  const plus = new FakeIcatPlus(world, () => (refuse ? null : user));
  const server = new RecordedServer('icatplus', plus.choose);
  const url = await server.start();
  const entry = IcatPlusConfig.parse({
    name: 'plus',
    kind: 'icat+',
    label: 'The data portal',
    url,
    auth: { kind: 'user', issuer: 'https://sso.example.org' },
    dataPath: '/data/visitor/{proposal:lower}/{instrument:lower}/{date}',
    ...config,
  });
  const catalogue = new IcatPlusCatalogue(
    {
      ...entry,
      source: entry.name,
      dataRoots: ['/data'],
      now: () => Date.parse('2026-11-21T12:00:00Z'),
    },
    new HttpSource({ label: entry.label, url, deadlineMs }),
  );
  const ask = (
    name: string | null = 'ada',
    token: string | null = 'secret-token',
    staffOf: Asking['staffOf'] = [],
  ) => asking(name === null ? null : caller(name), token, staffOf);
  return {
    plus,
    server,
    catalogue,
    ask,
    as: (name: string) => {
      user = name;
    },
    ids: async (query: ExperimentQuery = {}, by: Asking = ask()) =>
      (await catalogue.experiments(by, query)).items.map(
        ({ ref, visibility }) => `${ref.id} ${visibility}`,
      ),
    [Symbol.asyncDispose]: async () => {
      await catalogue.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
