import type { ExperimentPage, ExperimentQuery } from '@beamtime/contract';
import { Answer, away, experiment, page } from './fakes.js';
import { ExperimentList } from './list.js';

/** A catalogue that answers when it is told to. */
class FakeCatalogue {
  asked: { query: ExperimentQuery; signal: AbortSignal }[] = [];
  answers: Answer<ExperimentPage>[] = [];

  list(query: ExperimentQuery, signal: AbortSignal): Promise<ExperimentPage> {
    const answer = new Answer<ExperimentPage>();
    this.asked.push({ query, signal });
    this.answers.push(answer);
    return answer.promise;
  }
}

let catalogue: FakeCatalogue;
let list: ExperimentList;

beforeEach(() => {
  jest.useFakeTimers();
  catalogue = new FakeCatalogue();
  list = new ExperimentList(catalogue);
});

afterEach(() => {
  list.dispose();
  jest.useRealTimers();
});

async function loaded(answer: ExperimentPage): Promise<void> {
  const asked = list.refresh();
  catalogue.answers.at(-1)?.give(answer);
  await asked;
}

test('is loading until the first answer', async () => {
  const asked = list.refresh();
  expect([list.state.kind, list.waiting]).toEqual(['loading', true]);
  catalogue.answers[0]?.give(page([experiment('1')]));
  await asked;
  expect(list.state).toMatchObject({ page: { items: [{ title: 'About 1' }] } });
  expect(list.waiting).toBe(false);
});

test('keeps what was known when the service is away', async () => {
  await loaded(page([experiment('1')]));
  const asked = list.refresh();
  catalogue.answers[1]?.fail(away);
  await asked;
  expect(list.state).toMatchObject({
    kind: 'failed',
    error: away,
    page: { items: [{ title: 'About 1' }] },
  });
});

test('has nothing to show when the first question fails', async () => {
  const asked = list.refresh();
  catalogue.answers[0]?.fail(away);
  await asked;
  expect(list.state).toEqual({ kind: 'failed', error: away, page: null });
});

test('a fault of ours is not hidden as a failure of the service', async () => {
  const asked = list.refresh();
  catalogue.answers[0]?.fail(new TypeError('ours'));
  await expect(asked).rejects.toThrow('ours');
});

test('searches once for the words that were typed last', async () => {
  await loaded(page([experiment('1')]));
  list.search('du');
  list.search(' duplex ');
  expect([list.text, catalogue.asked.length]).toEqual([' duplex ', 1]);
  jest.advanceTimersByTime(250);
  expect(catalogue.asked.map(({ query }) => query.text)).toEqual([
    '',
    'duplex',
  ]);
  // Meanwhile what was there stays.
  expect(list.state.kind).toBe('loaded');
});

test('an answer that comes too late is not shown', async () => {
  const first = list.refresh();
  const second = list.refresh();
  expect(catalogue.asked[0]?.signal.aborted).toBe(true);
  catalogue.answers[1]?.give(page([experiment('new')]));
  await second;
  catalogue.answers[0]?.give(page([experiment('old')]));
  await first;
  expect(list.state).toMatchObject({
    page: { items: [{ ref: { id: 'new' } }] },
  });
});

test('puts the next part behind the first, and asks for none after the last', async () => {
  await loaded(page([experiment('1')], { next: 'c2', total: 2 }));
  const asked = list.more();
  expect(catalogue.asked[1]?.query.cursor).toBe('c2');
  catalogue.answers[1]?.give(page([experiment('2')]));
  await asked;
  expect(list.state).toMatchObject({
    page: { items: [{ ref: { id: '1' } }, { ref: { id: '2' } }] },
  });
  await list.more();
  expect(catalogue.asked).toHaveLength(2);
});

test('asks and says nothing any more once it is disposed', async () => {
  const told: string[] = [];
  const asked = list.refresh();
  list.search('x');
  list.changed.connect(() => told.push(list.state.kind));
  list.dispose();
  jest.runAllTimers();
  catalogue.answers[0]?.give(page([]));
  await asked;
  expect(catalogue.asked).toHaveLength(1);
  expect(catalogue.asked[0]?.signal.aborted).toBe(true);
  expect(told).toEqual([]);
});
