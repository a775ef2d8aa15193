import type { PartQuery } from '@beamtime/contract';
import { Answer, away } from './fakes.js';
import { Paged, type PageOf } from './paged.js';

let asked: { query: PartQuery; signal: AbortSignal }[];
let answers: Answer<PageOf<string>>[];
let list: Paged<string>;

beforeEach(() => {
  jest.useFakeTimers();
  asked = [];
  answers = [];
  list = new Paged((query, signal) => {
    const answer = new Answer<PageOf<string>>();
    asked.push({ query, signal });
    answers.push(answer);
    return answer.promise;
  });
});

afterEach(() => {
  list.dispose();
  jest.useRealTimers();
});

const part = (items: string[], next?: string): PageOf<string> => ({
  items,
  next,
  asOf: '',
  problems: [],
});

async function loaded(answer: PageOf<string>): Promise<void> {
  const done = list.refresh();
  answers.at(-1)?.give(answer);
  await done;
}

test('is loading until the first answer', async () => {
  const done = list.refresh();
  expect([list.state.kind, list.waiting]).toEqual(['loading', true]);
  answers[0]?.give(part(['a']));
  await done;
  expect([list.page?.items, list.waiting]).toEqual([['a'], false]);
});

test('keeps what was known when there is no answer, and counts how often', async () => {
  await loaded(part(['a']));
  for (const failures of [1, 2]) {
    const done = list.refresh();
    answers.at(-1)?.fail(away);
    await done;
    expect(list.state).toMatchObject({
      kind: 'failed',
      error: away,
      page: { items: ['a'] },
    });
    expect(list.failures).toBe(failures);
  }
  await loaded(part([]));
  expect(list.failures).toBe(0);
});

test('has nothing to show when the first question fails', async () => {
  const done = list.refresh();
  answers[0]?.fail(away);
  await done;
  expect(list.state).toEqual({ kind: 'failed', error: away, page: null });
});

test('a fault of ours is not hidden as a failure of the service', async () => {
  const done = list.refresh();
  answers[0]?.fail(new TypeError('ours'));
  await expect(done).rejects.toThrow('ours');
});

test('searches once for the words that were typed last', async () => {
  await loaded(part(['a']));
  list.search('du');
  list.search(' duplex ');
  expect([list.text, list.waiting, asked.length]).toEqual([
    ' duplex ',
    true,
    1,
  ]);
  jest.advanceTimersByTime(150);
  expect(asked.map(({ query }) => query.text)).toEqual([undefined, 'duplex']);
  expect(list.state.kind).toBe('loaded');
});

test('typing ends the question before: its answer would be of other words', () => {
  void list.refresh();
  list.search('x');
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('an answer that comes too late is not shown', async () => {
  const first = list.refresh();
  const second = list.refresh();
  expect(asked[0]?.signal.aborted).toBe(true);
  answers[1]?.give(part(['new']));
  await second;
  answers[0]?.give(part(['old']));
  await first;
  expect(list.page?.items).toEqual(['new']);
});

test('puts the next part behind the first, and asks for none after the last', async () => {
  await loaded(part(['a'], 'c2'));
  const done = list.more();
  void list.more();
  expect(asked.map(({ query }) => query.cursor)).toEqual([undefined, 'c2']);
  answers[1]?.give(part(['b']));
  await done;
  expect(list.page?.items).toEqual(['a', 'b']);
  await list.more();
  expect(asked).toHaveLength(2);
});

test('asks and says nothing any more once it is disposed', async () => {
  const told: string[] = [];
  const done = list.refresh();
  list.changed.connect(() => told.push(list.state.kind));
  list.dispose();
  jest.runAllTimers();
  answers[0]?.give(part([]));
  await done;
  expect(asked[0]?.signal.aborted).toBe(true);
  expect(told).toEqual([]);
});
