import type { Experiment, ExperimentQuery } from '@beamtime/contract';
import { experiment, InMemorySource } from '../testing/in-memory-source.js';
import { Catalogue } from './catalogue.js';

const alice = { name: 'alice', admin: false, groups: [] };

/** Three sources of different lengths and page sizes, whose days interleave. */
function three(): InMemorySource[] {
  const lengths = { a: 23, b: 7, c: 40 };
  return Object.entries(lengths).map(([name, length], nth) => {
    const source = new InMemorySource(name);
    source.rows = Array.from({ length }, (_, at) => {
      const day = Date.UTC(2026, 5, 1) - (at * (nth + 2) + nth) * 86_400_000;
      return experiment(name, `${name}${at}`, {
        start: new Date(day).toISOString(),
        title: `${String.fromCharCode(97 + ((at * 7 + nth) % 26))} ${name}${at}`,
      });
    });
    return source;
  });
}

async function all(
  catalogue: Catalogue,
  query: ExperimentQuery,
): Promise<{ items: Experiment[]; pages: number }> {
  const items: Experiment[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await catalogue.experiments(alice, {
      ...query,
      ...(cursor !== undefined && { cursor }),
    });
    expect(page.problems).toEqual([]);
    items.push(...page.items);
    cursor = page.next;
    pages += 1;
  } while (cursor !== undefined && pages < 200);
  return { items, pages };
}

const idsOf = (items: readonly Experiment[]) => items.map(({ ref }) => ref.id);

test.each([
  [1, [Infinity, Infinity, Infinity]],
  [3, [Infinity, Infinity, Infinity]],
  [7, [2, 3, 5]],
  [13, [1, Infinity, 4]],
  [200, [11, 1, 3]],
])(
  'pages of %d from sources that give %j at once lose and double nothing',
  async (limit, most) => {
    const sources = three();
    sources.forEach((source, at) => {
      source.most = most[at] ?? Infinity;
    });
    const { items } = await all(new Catalogue(sources), { limit });
    const ids = idsOf(items);
    expect(new Set(ids).size).toBe(70);
    expect(ids).toHaveLength(70);
    const starts = items.map(({ start = '' }) => start);
    expect(starts).toEqual([...starts].sort().reverse());
  },
);

test('goes on where it was when rows have come and gone meanwhile', async () => {
  const [source = new InMemorySource('a')] = three();
  const other = new InMemorySource('b');
  other.rows = [experiment('b', 'b0', { start: '2026-05-28T00:00:00Z' })];
  let now = 0;
  const catalogue = new Catalogue([source, other], { now: () => now });
  const first = await catalogue.experiments(alice, { limit: 5 });
  expect(idsOf(first.items)).toEqual(['a0', 'a1', 'a2', 'b0', 'a3']);
  source.rows.unshift(
    experiment('a', 'new', { start: '2026-07-01T00:00:00Z' }),
  );
  now += 61_000;
  const second = await catalogue.experiments(alice, {
    limit: 5,
    cursor: first.next ?? '',
  });
  expect(idsOf(second.items)[0]).toBe('a4');
});

test.each([
  [{ sort: 'title' }, false],
  [{ sort: 'title', order: 'desc' }, true],
  [{ order: 'asc' }, false],
] as const)('merges by %j', async (query, down) => {
  const by = (one: Experiment) =>
    'sort' in query ? one.title : (one.start ?? '');
  const sources = three();
  for (const source of sources) {
    source.rows.sort((one, other) => (by(one) < by(other) ? -1 : 1));
    if (down) {
      source.rows.reverse();
    }
  }
  const { items } = await all(new Catalogue(sources), { ...query, limit: 9 });
  const values = items.map(by);
  expect(values).toHaveLength(70);
  expect(values).toEqual(
    down ? [...values].sort().reverse() : [...values].sort(),
  );
});

test('what has no date comes last, whatever the order', async () => {
  const [one, other] = [new InMemorySource('a'), new InMemorySource('b')];
  one.rows = [experiment('a', 'undated')];
  other.rows = [experiment('b', 'dated', { start: '2026-01-01T00:00:00Z' })];
  for (const order of ['asc', 'desc'] as const) {
    const { items } = await new Catalogue([one, other]).experiments(alice, {
      order,
    });
    expect(idsOf(items)).toEqual(['dated', 'undated']);
  }
});

test('knows how many there are only if every source knows', async () => {
  const sources = three();
  const catalogue = () => new Catalogue(sources);
  const page = await catalogue().experiments(alice, { limit: 10 });
  expect(page.total).toBe(70);
  const next = await catalogue().experiments(alice, {
    limit: 10,
    cursor: page.next ?? '',
  });
  expect(next.total).toBe(70);
  sources.forEach((source, at) => {
    source.total = at === 1 ? 'unknown' : 'known';
  });
  expect((await catalogue().experiments(alice, {})).total).toBeUndefined();
});

test.each([
  'x',
  'e30',
  Buffer.from('{"places":{"a":{"used":-1}}}').toString('base64url'),
])('refuses the cursor %s', async (cursor) => {
  await expect(
    new Catalogue(three()).experiments(alice, { cursor }),
  ).rejects.toMatchObject({ code: 'bad-request' });
});

test('a source whose rows are all left out does not end the list', async () => {
  const source = new InMemorySource('a');
  const page = async (_asking: unknown, { cursor = '0' }: ExperimentQuery) => {
    await Promise.resolve();
    return cursor === '9'
      ? { items: [experiment('a', 'last')] }
      : { items: [], next: String(Number(cursor) + 1), leftOut: 2 };
  };
  source.experiments = page;
  const catalogue = new Catalogue([source]);
  let cursor: string | undefined;
  const found: string[] = [];
  do {
    const part = await catalogue.experiments(alice, {
      ...(cursor !== undefined && { cursor }),
    });
    found.push(...idsOf(part.items));
    cursor = part.next;
  } while (cursor !== undefined);
  expect(found).toEqual(['last']);
});

test('joins what the lists can be narrowed to', async () => {
  const sources = three();
  await expect(new Catalogue(sources).filters(alice)).resolves.toEqual({
    instruments: [{ name: 'BX11' }],
    cycles: ['c-1', 'b-1', 'a-1'],
    years: [2026, 2025],
    problems: [],
  });
});
