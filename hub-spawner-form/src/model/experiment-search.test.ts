import type { ExperimentPage } from '@beamtime/contract';
import { HubError } from '../page/client.js';
import { cathode, cracks, experiment } from '../testing/fixtures.js';
import { ExperimentSearch } from './experiment-search.js';

class FakeHub {
  answer: () => ExperimentPage = () => page([]);
  readonly asked: string[] = [];
  readonly experiments = async (text: string, signal: AbortSignal) => {
    this.asked.push(text);
    await Promise.resolve();
    signal.throwIfAborted();
    return this.answer();
  };
}

function page(
  items: ExperimentPage['items'],
  more: Partial<ExperimentPage> = {},
): ExperimentPage {
  return { items, asOf: '', problems: [], ...more };
}

function open(first: ExperimentPage) {
  const hub = new FakeHub();
  const search = new ExperimentSearch(hub);
  search.renew(first);
  return { hub, search };
}

const proposals = (search: ExperimentSearch) =>
  search.value.found.map(({ proposal }) => proposal);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('shows the first list as long as nothing is searched', () => {
  const { search } = open(page([cracks, cathode], { next: 'x' }));
  expect(proposals(search)).toEqual(['MA-5127', 'CH-6410']);
  expect(search.value.more).toBe(true);
});

test.each([
  ['cathode', ['CH-6410']],
  ['  AGEING cath ', ['CH-6410']],
  ['bx11', ['MA-5127', 'CH-6410']],
  ['duval', ['CH-6410']],
  ['2026', ['CH-6410']],
  ['nothing', []],
])('finds %j at once among what is known', (text, found) => {
  const { search } = open(page([cracks, cathode]));
  search.search(text);
  expect(proposals(search)).toEqual(found);
});

test('does not ask the hub when it has given all', async () => {
  const { hub, search } = open(page([cracks]));
  search.search('cathode');
  await jest.runAllTimersAsync();
  expect(hub.asked).toEqual([]);
});

test('asks the hub once for a word that is typed quickly', async () => {
  const { hub, search } = open(page([cracks], { next: 'x' }));
  hub.answer = () => page([cathode]);
  for (const text of ['c', 'ca', 'cat ']) {
    search.search(text);
  }
  expect(search.value.asking).toBe(true);
  await jest.runAllTimersAsync();
  expect(hub.asked).toEqual(['cat']);
  expect(proposals(search)).toEqual(['CH-6410']);
  expect(search.value.asking).toBe(false);
});

test('an answer that comes late does not overwrite a newer search', async () => {
  const { hub, search } = open(page([cracks], { next: 'x' }));
  hub.answer = () => page([experiment('old', 'OLD', '')]);
  search.search('old');
  jest.advanceTimersByTime(250);
  hub.answer = () => page([cathode]);
  search.search('new');
  await jest.runAllTimersAsync();
  expect(proposals(search)).toEqual(['CH-6410']);
});

test('knows what it has ever found by its key', async () => {
  const { hub, search } = open(page([cracks], { next: 'x' }));
  hub.answer = () => page([cathode]);
  search.search('cathode');
  await jest.runAllTimersAsync();
  search.search('');
  expect(proposals(search)).toEqual(['MA-5127']);
  expect(search.byKey('embedded:e2')).toBe(cathode);
  expect(search.byKey('embedded:e9')).toBeUndefined();
});

test('keeps what is known when the hub does not answer, and says so', async () => {
  const { hub, search } = open(page([cracks], { next: 'x' }));
  hub.answer = () => {
    throw new HubError('The hub does not answer.');
  };
  search.search('crack');
  await jest.runAllTimersAsync();
  expect(proposals(search)).toEqual(['MA-5127']);
  expect(search.value.notes).toEqual([
    'Only the experiments listed at first were searched. The hub does not answer.',
  ]);
});

test('says which source is missing', () => {
  const problem = {
    source: 'icat',
    label: 'ICAT',
    kind: 'unavailable' as const,
    message: 'It refused at 14:03.',
    since: '2026-11-20T14:03:00Z',
  };
  const { search } = open(page([cracks], { problems: [problem] }));
  expect(search.value.notes).toEqual([
    'Experiments of ICAT may be missing. It refused at 14:03.',
  ]);
});

test('a newer first list does not disturb a search', () => {
  const { search } = open(page([cracks, cathode]));
  search.search('crack');
  search.renew(page([cathode]));
  expect(search.value.text).toBe('crack');
  expect(proposals(search)).toEqual(['MA-5127']);
  search.search('');
  expect(proposals(search)).toEqual(['CH-6410']);
});
