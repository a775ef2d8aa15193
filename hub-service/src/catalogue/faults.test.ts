import {
  experiment,
  InMemorySource,
  refused,
} from '../testing/in-memory-source.js';
import { SourceError } from './adapter.js';
import { Catalogue, type CatalogueOptions } from './catalogue.js';

const alice = { name: 'alice', admin: false, groups: ['mx'] };
const bob = { name: 'bob', admin: false, groups: [] };

/** One source with an experiment of alice's and an open one, and a clock. */
function world(options: CatalogueOptions = {}) {
  const source = new InMemorySource('a');
  source.rows = [
    experiment('a', 'own', { team: ['alice'] }),
    experiment('a', 'open'),
  ];
  const clock = { now: Date.UTC(2026, 10, 1) };
  const now = jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  const catalogue = new Catalogue([source], options);
  const ids = async (viewer: typeof alice | null = alice) =>
    (await catalogue.experiments(viewer, {})).items.map(({ ref }) => ref.id);
  return {
    source,
    catalogue,
    ids,
    clock,
    [Symbol.dispose]: () => now.mockRestore(),
  };
}

test('one source hangs and one refuses: the others’ rows come, and a line for each', async () => {
  const [good, hanging, dead] = ['a', 'b', 'c'].map(
    (name) => new InMemorySource(name),
  ) as [InMemorySource, InMemorySource, InMemorySource];
  good.rows = [experiment('a', '1')];
  hanging.fault = 'hang';
  dead.fault = refused;
  const catalogue = new Catalogue([hanging, good, dead], { pageMs: 20 });
  const { items, problems, total, next } = await catalogue.experiments(
    alice,
    {},
  );
  expect(items.map(({ ref }) => ref.id)).toEqual(['1']);
  expect(total).toBeUndefined();
  expect(next).toBeUndefined();
  expect(problems).toEqual([
    {
      source: 'b',
      label: 'The b catalogue',
      kind: 'timeout',
      message: expect.stringMatching(
        /^Experiments may be missing. The b catalogue did not answer in time/,
      ) as string,
      since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
    },
    expect.objectContaining({ source: 'c', kind: 'unavailable' }),
  ]);
  const filters = await catalogue.filters(alice);
  expect(filters.instruments).toEqual([{ name: 'BX11' }]);
  expect(filters.problems).toHaveLength(2);
});

test('a source that failed is asked again for the rows it still owes', async () => {
  const [one, other] = [new InMemorySource('a'), new InMemorySource('b')];
  one.rows = [1, 2, 3].map((n) => experiment('a', `a${n}`));
  other.rows = [1, 2, 3].map((n) => experiment('b', `b${n}`));
  other.fault = refused;
  const catalogue = new Catalogue([one, other]);
  const first = await catalogue.experiments(alice, { limit: 2 });
  other.fault = null;
  const second = await catalogue.experiments(alice, {
    limit: 50,
    cursor: first.next ?? '',
  });
  const ids = [...first.items, ...second.items].map(({ ref }) => ref.id);
  expect(ids.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
});

test('keeps an answer for a minute, and no longer', async () => {
  using it = world();
  expect(await it.ids()).toEqual(['own', 'open']);
  it.source.rows = [experiment('a', 'open')]; // Alice has left the team.
  it.clock.now += 59_000;
  expect(await it.ids()).toEqual(['own', 'open']);
  it.clock.now += 1_000;
  expect(await it.ids()).toEqual(['open']);
  expect(it.source.asked).toHaveLength(2);
});

test('nobody gets what was answered to another, nor of before a change of groups', async () => {
  using it = world();
  expect(await it.ids()).toEqual(['own', 'open']);
  expect(await it.ids(bob)).toEqual(['open']);
  expect(await it.ids(null)).toEqual(['open']);
  expect(await it.ids({ ...alice, groups: [] })).toEqual(['own', 'open']);
  expect(await it.ids({ ...alice, name: 'alice "' })).toEqual(['open']);
  expect(it.source.asked).toHaveLength(5);
  expect(await it.ids(null)).toEqual(['open']);
  expect(it.source.asked).toHaveLength(5);
});

test('many questions at once are one question to the source', async () => {
  using it = world();
  await Promise.all(Array.from({ length: 20 }, () => it.ids()));
  expect(it.source.asked).toEqual(['alice experiments']);
});

test('shows for ten minutes what a source that fails said before, with its time', async () => {
  using it = world();
  await it.ids();
  const asOf = new Date(it.clock.now).toISOString();
  it.source.fault = refused;
  it.clock.now += 9 * 60_000;
  const page = await it.catalogue.experiments(alice, {});
  expect(page.items).toHaveLength(2);
  expect(page.problems).toMatchObject([
    {
      kind: 'unavailable',
      shownAsOf: asOf,
      since: new Date(it.clock.now).toISOString(),
    },
  ]);
  it.clock.now += 60_000;
  const later = await it.catalogue.experiments(alice, {});
  expect(later.items).toEqual([]);
  expect(later.problems).toMatchObject([
    { kind: 'unavailable', since: page.problems[0]?.since },
  ]);
});

test('a source that says no to the person is not covered up', async () => {
  using it = world();
  await it.ids();
  it.clock.now += 61_000;
  it.source.fault = new SourceError('forbidden', 'Not you.');
  expect(await it.ids()).toEqual([]);
  it.source.fault = refused;
  expect(await it.ids()).toEqual([]);
});

test('what is kept never authorises: a single experiment is always asked for', async () => {
  using it = world();
  await it.ids();
  expect((await it.catalogue.find(alice, 'a:own'))?.ref.id).toBe('own');
  it.source.rows = [];
  await expect(it.catalogue.find(alice, 'a:own')).resolves.toBeNull();
  await expect(it.catalogue.experiment(alice, 'a:own')).rejects.toMatchObject({
    code: 'not-found',
  });
  it.source.fault = refused;
  await expect(it.catalogue.experiment(alice, 'a:own')).rejects.toMatchObject({
    code: 'unavailable',
    message: refused.message,
  });
  await expect(it.catalogue.find(alice, 'other:own')).resolves.toBeNull();
});

test('spares a source after three failures, and looks again after half a minute', async () => {
  using it = world();
  it.source.fault = refused;
  for (let n = 0; n < 6; n += 1) {
    expect(await it.ids()).toEqual([]);
  }
  expect(it.source.asked).toHaveLength(3);
  it.clock.now += 30_000;
  expect(await it.ids()).toEqual([]);
  expect(await it.ids()).toEqual([]);
  expect(it.source.asked).toHaveLength(4);
  it.source.fault = null;
  it.clock.now += 30_000;
  expect(await it.ids()).toEqual(['own', 'open']);
  await it.ids(bob);
  expect(it.source.asked).toHaveLength(6);
});

test('waits as long as a source asks to be left alone', async () => {
  using it = world();
  it.source.fault = new SourceError('unavailable', 'Busy.', 90_000);
  await it.ids();
  it.source.fault = null;
  it.clock.now += 89_000;
  expect(await it.ids()).toEqual([]);
  it.clock.now += 1_000;
  expect(await it.ids()).toEqual(['own', 'open']);
});

test('refusals to persons do not make a source count as away', async () => {
  using it = world();
  it.source.fault = new SourceError('forbidden', 'Not you.');
  for (let n = 0; n < 5; n += 1) {
    await it.ids();
  }
  it.source.fault = null;
  expect(await it.ids()).toEqual(['own', 'open']);
});

test('rows that were left out are told, and cost no page', async () => {
  using it = world();
  it.source.leftOut = 3;
  const { items, problems } = await it.catalogue.experiments(alice, {});
  expect(items).toHaveLength(2);
  expect(problems).toMatchObject([
    {
      kind: 'rows-left-out',
      message: expect.stringContaining(
        '3 experiments of The a catalogue are left out',
      ) as string,
    },
  ]);
});

test('says so when only the open part is shown for want of a token', async () => {
  using it = world({
    tokens: { a: { of: () => Promise.resolve(null), needed: true } },
  });
  it.source.wantsToken = true;
  const page = await it.catalogue.experiments(alice, {});
  expect(page.items).toHaveLength(2);
  expect(page.problems).toMatchObject([{ kind: 'signed-out', source: 'a' }]);
  // As well when the answer is one that was kept.
  expect((await it.catalogue.experiments(alice, {})).problems).toHaveLength(1);
  // Nobody has not signed in, and knows.
  expect((await it.catalogue.experiments(null, {})).problems).toEqual([]);
});

test('forgets a person who has signed out, also at the source', async () => {
  using it = world();
  await it.ids();
  await it.ids(bob);
  it.catalogue.forget('alice');
  expect(it.source.forgotten).toEqual(['alice']);
  await it.ids(bob);
  expect(it.source.asked).toHaveLength(2);
  await it.ids();
  expect(it.source.asked).toHaveLength(3);
});

test('a source that has changed is asked anew, and whoever listens hears of it', async () => {
  using it = world();
  const heard = jest.fn();
  it.catalogue.onChange(heard);
  await it.ids();
  it.source.changed();
  expect(heard).toHaveBeenCalledTimes(1);
  await it.ids();
  expect(it.source.asked).toHaveLength(2);
});

test('staff of an instrument by a group of the hub sees its experiments', async () => {
  using it = world({
    staffOf: (viewer) =>
      viewer?.groups.includes('bx11') === true ? ['BX11'] : [],
  });
  expect(await it.ids(bob)).toEqual(['open']);
  expect(await it.ids({ ...bob, groups: ['bx11'] })).toEqual(['own', 'open']);
});

test('a fault of an adapter is told in words that give nothing away', async () => {
  using it = world();
  it.source.fault = new TypeError('https://icat/session?sessionId=s3cret');
  const { problems } = await it.catalogue.experiments(alice, {});
  expect(problems).toMatchObject([{ kind: 'unavailable' }]);
  expect(JSON.stringify(problems)).not.toContain('s3cret');
});

test('a source on this machine is asked each time, and nothing of it is kept', async () => {
  const local = new InMemorySource('a', true);
  local.rows = [experiment('a', '1')];
  const catalogue = new Catalogue([local]);
  await catalogue.experiments(alice, {});
  local.rows = [];
  expect((await catalogue.experiments(alice, {})).items).toEqual([]);
  local.fault = refused;
  const { items, problems } = await catalogue.experiments(alice, {});
  expect(items).toEqual([]);
  expect(problems).toMatchObject([{ kind: 'unavailable' }]);
});

test('finds by DOI in whatever source has it', async () => {
  using it = world();
  const other = new InMemorySource('b');
  const catalogue = new Catalogue([it.source, other]);
  await expect(catalogue.byDoi(alice, '10.5072/x')).resolves.toBeNull();
  other.byDoi = (_asking, doi) =>
    Promise.resolve(doi === '10.5072/x' ? '7' : null);
  await expect(catalogue.byDoi(alice, '10.5072/x')).resolves.toBe('b:7');
  it.source.byDoi = () => Promise.reject(refused);
  await expect(catalogue.byDoi(alice, '10.5072/x')).resolves.toBe('b:7');
  // It may be in the one that does not answer.
  await expect(catalogue.byDoi(alice, '10.5072/y')).rejects.toMatchObject({
    code: 'unavailable',
  });
});
