import type { ExperimentPage, ExperimentQuery } from '@beamtime/contract';
import { Answer, away, experiment, FakeMarks, page } from './fakes.js';
import { beginAsLeft, ExperimentList } from './list.js';
import { EVERYTHING } from './wish.js';

/** A catalogue that answers lists when it is told to. */
class FakeCatalogue {
  asked: ExperimentQuery[] = [];
  named: string[] = [];
  answers: Answer<ExperimentPage>[] = [];

  list(query: ExperimentQuery): Promise<ExperimentPage> {
    const answer = new Answer<ExperimentPage>();
    this.asked.push(query);
    this.answers.push(answer);
    return answer.promise;
  }

  get(key: string) {
    this.named.push(key);
    return key.endsWith('gone')
      ? Promise.reject(away)
      : Promise.resolve(experiment(key.replace('embedded:', '')));
  }

  filters = () => Promise.reject(away);
}

let catalogue: FakeCatalogue;
let marks: FakeMarks;
let list: ExperimentList;

beforeEach(() => {
  jest.useFakeTimers();
  catalogue = new FakeCatalogue();
  marks = new FakeMarks();
  list = new ExperimentList(catalogue, marks);
});

afterEach(() => {
  list.dispose();
  jest.useRealTimers();
});

const ids = () => list.experiments.map(({ ref }) => ref.id);

async function loaded(answer: ExperimentPage): Promise<void> {
  const done = list.refresh();
  catalogue.answers.at(-1)?.give(answer);
  await done;
}

/** Lets promises that are settled already do their work. */
const settle = () => jest.advanceTimersByTimeAsync(0);

const three = [
  experiment('1', {
    start: '2026-03-01T00:00:00Z',
    instrument: { name: 'D7P' },
  }),
  experiment('2', { start: '2026-11-01T00:00:00Z', visibility: 'public' }),
  experiment('3', { start: '2025-05-01T00:00:00Z' }),
];

test('what is known answers at once, and the service a moment later', async () => {
  await loaded(page(three, { total: 3 }));
  list.search('ma-3');
  expect([ids(), list.waiting, list.total]).toEqual([['3'], true, undefined]);
  jest.advanceTimersByTime(150);
  expect(catalogue.asked.at(-1)).toMatchObject({ text: 'ma-3' });
  catalogue.answers.at(-1)?.give(
    page(
      [three[2], experiment('30')].flatMap((one) => one ?? []),
      { total: 2 },
    ),
  );
  await settle();
  expect([ids(), list.waiting, list.total]).toEqual([['3', '30'], false, 2]);
});

test.each([
  [{ scope: 'public' as const }, ['2']],
  [{ instruments: ['D7P'] }, ['1']],
  [{ from: '2026-01-01', to: '2026-12-31' }, ['2', '1']],
  [{ sort: 'proposal' as const, order: 'desc' as const }, ['3', '2', '1']],
])(
  'a filter %j narrows what is known, and is asked for',
  async (query, left) => {
    await loaded(page(three));
    list.show({ ...EVERYTHING, query });
    expect(ids()).toEqual(left);
    expect(catalogue.asked.at(-1)).toEqual({ ...query, limit: 100 });
  },
);

test('what is known stays in sight when the service is away', async () => {
  await loaded(page(three));
  list.search('about');
  jest.advanceTimersByTime(150);
  catalogue.answers.at(-1)?.fail(away);
  await settle();
  expect([list.state.kind, ids().length, list.failures]).toEqual([
    'failed',
    3,
    1,
  ]);
});

test('favourites are had by their keys, and one that is gone is left out', async () => {
  await loaded(page(three));
  marks.favourites = new Set(['embedded:2', 'embedded:99', 'embedded:gone']);
  list.show({ ...EVERYTHING, only: 'favourites' });
  await settle();
  expect(catalogue.named).toEqual(['embedded:99', 'embedded:gone']);
  expect([ids(), list.waiting, list.hasMore]).toEqual([
    ['2', '99'],
    false,
    false,
  ]);
  expect(catalogue.asked).toHaveLength(1);
});

test('what was opened last comes in that order', async () => {
  await loaded(page(three));
  marks.recent = ['embedded:3', 'embedded:1'];
  list.show({ ...EVERYTHING, only: 'recent' });
  expect(ids()).toEqual(['3', '1']);
});

test('more is asked for in larger parts, of the same question', async () => {
  await loaded(page(three, { next: 'c2' }));
  void list.more();
  expect(catalogue.asked.at(-1)).toEqual({ cursor: 'c2', limit: 200 });
});

test('without filters of the sources, those of what was seen are offered', async () => {
  await loaded(page(three));
  expect(list.choices.years).toEqual([2026, 2025]);
  expect(list.choices.instruments.map(([name]) => name)).toEqual([
    'BX11',
    'D7P',
  ]);
});

test('begins as it was left, and remembers what is changed', async () => {
  const written: unknown[] = [];
  const memory = {
    read: () =>
      Promise.resolve({ query: { scope: 'mine', sort: 1 }, layout: 'table' }),
    write: (value: unknown) => written.push(value),
  };
  void beginAsLeft(list, memory);
  await settle();
  // A part that cannot be read takes the rest of its kind with it.
  expect(list.wish).toEqual({ query: {}, only: null, layout: 'table' });
  list.show({ ...list.wish, query: { scope: 'mine' } });
  expect(written).toEqual([
    { query: { scope: 'mine' }, only: null, layout: 'table' },
  ]);
});
