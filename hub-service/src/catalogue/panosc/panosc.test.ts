import type { ExperimentQuery } from '@beamtime/contract';
import { caller } from '../../testing/facility.js';
import { FAULTS, outcomes } from '../../testing/faults.js';
import { PanoscLike } from '../../testing/panosc-like.js';
import { type Choose, RecordedServer } from '../../testing/recorded-server.js';
import { patiently } from '../../testing/scicat-world.js';
import { HttpSource } from '../http/source.js';
import { PanoscCatalogue } from './panosc.js';

const DOCUMENT = '10.5072/panosc-document1';
const nobody = patiently(null);
const alice = patiently(caller('alice'), 'a token');

/** A search API with the recorded answers, and the adapter in front of it. */
async function world(choose: Choose, deadlineMs = 60_000) {
  const server = new RecordedServer('panosc', choose);
  const label = 'The test portal';
  const url = `${await server.start()}/api`;
  const catalogue = new PanoscCatalogue(
    {
      source: 'open',
      label,
      documents: 'all',
      locations: [],
      dataRoots: ['/data'],
    },
    new HttpSource({ label, url, deadlineMs }),
  );
  return {
    catalogue,
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Documents of two instruments; some begin together, some have no start. */
async function manyDocuments() {
  const like = new PanoscLike();
  like.documents = Array.from({ length: 23 }, (_, n) => ({
    pid: `10.5072/d${String(n).padStart(2, '0')}`,
    isPublic: true,
    type: n % 2 ? 'proposal' : 'publication',
    title: n % 5 ? `Title ${n}` : 'Neutron title',
    ...(n < 19 && { startDate: `2020-01-0${1 + (n % 4)}T00:00:00.000Z` }),
    datasets: [
      {
        pid: `20.500/${n}`,
        isPublic: true,
        instrument: { name: n % 3 ? 'LoKI' : 'ODIN', facility: 'ESS' },
      },
    ],
  }));
  const base = await world(like.choose);
  const all = async (query: ExperimentQuery) => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await base.catalogue.experiments(nobody, {
        ...query,
        ...(cursor !== undefined && { cursor }),
      });
      ids.push(...page.items.map(({ ref }) => ref.id));
      cursor = page.next;
    } while (cursor !== undefined);
    return ids;
  };
  return { ...base, like, all };
}

/** Plays the recordings whatever the rest of the question is. */
const played: Choose = ({ path, query }, recorded) => {
  switch (path) {
    case '/api/Documents':
      return recorded('02');
    case '/api/Documents/count':
      return recorded('09');
    case `/api/Documents/${DOCUMENT}`:
      // This site knows no more than the datasets themselves.
      return query['filter']?.includes('"scope"')
        ? recorded('22')
        : recorded('04');
    case '/api/Datasets/20.500.12269/panosc-dataset1/files':
      return recorded('13');
    case '/api/Instruments':
      return recorded('17');
    default:
      return recorded('20');
  }
};

test('shows documents as experiments, all of them open, without their people', async () => {
  await using site = await world(played);
  const page = await site.catalogue.experiments(alice, {});
  expect(page).toMatchObject({
    total: 2,
    leftOut: 0,
    items: [
      {
        ref: { source: 'open', id: DOCUMENT },
        proposal: DOCUMENT,
        title: 'PaNOSC Test Publication',
        visibility: 'public',
        people: [],
        pids: [{ scheme: 'doi', value: DOCUMENT }],
        url: `https://doi.org/${DOCUMENT}`,
        datasetCount: 2,
      },
      { title: 'PaNOSC Test Proposal' },
    ],
  });
  expect(page.next).toBeUndefined();
  for (const { headers } of site.server.asked) {
    expect(headers.authorization).toBeUndefined();
  }
});

test('gives datasets and files, though the site knows fewer relations', async () => {
  await using site = await world(played);
  const { catalogue } = site;
  const datasets = await catalogue.datasets(nobody, DOCUMENT, { limit: 1 });
  expect(datasets).toMatchObject({
    total: 2,
    items: [
      {
        ref: { source: 'open', id: '20.500.12269/panosc-dataset1' },
        name: 'PaNOSC Test Dataset 1',
        start: '2020-05-05T15:01:02.341Z',
        pids: [{ scheme: 'handle', value: '20.500.12269/panosc-dataset1' }],
      },
    ],
  });
  const rest = await catalogue.datasets(nobody, DOCUMENT, {
    limit: 1,
    cursor: datasets?.next ?? '',
  });
  expect(rest?.items).toHaveLength(1);
  expect(rest?.next).toBeUndefined();
  const files = (pid: string) => catalogue.files(nobody, DOCUMENT, pid, {});
  expect(await files('20.500.12269/panosc-dataset1')).toEqual({
    items: [{ name: 'panosc-file1.hdf', kind: 'hdf5' }],
    leftOut: 0,
  });
  expect(await files('20.500.12269/panosc-dataset3')).toBeNull();
  expect(await catalogue.experiment(nobody, 'nope')).toBeNull();
  expect(await catalogue.datasets(nobody, '..', {})).toBeNull();
});

test('finds by DOI, and says what lists can be narrowed to', async () => {
  await using site = await manyDocuments();
  site.like.documents[3] = {
    ...site.like.documents[3],
    pid: '20.500/x',
    doi: '10.5072/its-own',
  };
  const { catalogue } = site;
  expect(await catalogue.byDoi(nobody, '10.5072/d02')).toBe('10.5072/d02');
  expect(await catalogue.byDoi(nobody, '10.5072/its-own')).toBe('20.500/x');
  expect(await catalogue.byDoi(nobody, '10.5072/none')).toBeNull();
  expect(await catalogue.filters(nobody)).toEqual({
    instruments: [
      { name: 'ESTIA', fullName: 'ESTIA, ESS' },
      { name: 'LoKI', fullName: 'LoKI, ESS' },
      { name: 'ODIN', fullName: 'ODIN, ESS' },
    ],
    cycles: [],
    years: [],
  });
  expect(await catalogue.probe(new AbortController().signal)).toEqual({});
});

test.each<[ExperimentQuery, number]>([
  [{}, 23],
  [{ sort: 'title' }, 23],
  [{ sort: 'proposal', order: 'desc' }, 23],
  [{ text: 'neutron' }, 5],
  [{ from: '2020-01-02', to: '2020-01-03' }, 10],
  // Parts of these are short, and some are empty.
  [{ instruments: ['ODIN'] }, 8],
  [{ instruments: ['ODIN'], text: 'neutron' }, 2],
  [{ instruments: ['ESTIA'] }, 0],
  [{ scope: 'mine' }, 0],
  [{ scope: 'embargoed' }, 0],
  [{ scope: 'instrument' }, 0],
  [{ scope: 'public' }, 23],
  [{ cycle: '2020-1' }, 0],
])('gives each row of %j once', async (query, wanted) => {
  await using site = await manyDocuments();
  for (const limit of [2, 23, 24]) {
    const ids = await site.all({ ...query, limit });
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(wanted);
  }
});

test('goes on without a count, and with several facilities that each give a part', async () => {
  await using site = await manyDocuments();
  site.like.counts = false;
  expect(await site.all({ limit: 4 })).toHaveLength(23);
  const [first] = site.like.documents;
  site.like.documents = [first ?? {}, { ...first, provider: 'other' }];
  expect(await site.all({})).toEqual(['10.5072/d00']);
});

test('what is not open, or not as it should be, is left out and counted', async () => {
  await using site = await manyDocuments();
  Object.assign(site.like.documents[4] ?? {}, { isPublic: false });
  Object.assign(site.like.documents[5] ?? {}, { title: null });
  const page = await site.catalogue.experiments(nobody, { limit: 50 });
  expect(page.items).toHaveLength(21);
  expect(page.leftOut).toBe(2);
  expect(await site.catalogue.experiment(nobody, '10.5072/d04')).toBeNull();
});

test('knows fewer relations: the rows come all the same', async () => {
  await using site = await manyDocuments();
  site.like.relations = [];
  const page = await site.catalogue.experiments(nobody, { limit: 50 });
  expect(page.items).toHaveLength(23);
});

test.each(FAULTS)(
  'a search API with the fault $fault ends in $kind',
  async ({ fault, kind, deadlineMs }) => {
    await using site = await world(played, deadlineMs);
    const { catalogue, server } = site;
    const calls = {
      experiments: () => catalogue.experiments(nobody, {}),
      experiment: () => catalogue.experiment(nobody, DOCUMENT),
      datasets: () => catalogue.datasets(nobody, DOCUMENT, {}),
      files: () => catalogue.files(nobody, DOCUMENT, 'x', {}),
      byDoi: () => catalogue.byDoi(nobody, DOCUMENT),
      filters: () => catalogue.filters(nobody),
      probe: () => catalogue.probe(new AbortController().signal),
    };
    expect(await outcomes(server, fault, calls)).toEqual(
      Object.fromEntries(Object.keys(calls).map((name) => [name, kind])),
    );
  },
  90_000,
);
