import type { SessionLink } from '@beamtime/api-client';
import type { Experiment } from '@beamtime/contract';
import { experiment, link } from './fakes.js';
import { groupRows, type Shown } from './groups.js';

const experiments = [
  experiment('d', { start: '2026-11-12T08:00:00Z' }),
  experiment('b', { start: '2026-03-03T08:00:00Z' }),
  experiment('a', { start: '2025-09-21T08:00:00Z' }),
  experiment('c'),
  experiment('e', { start: 'soon' }),
];

function shown(
  links: SessionLink[],
  recent: Experiment[] = [],
  more: Partial<Shown> = {},
) {
  const groups = groupRows({
    experiments,
    recent,
    links: new Map(links.map((item) => [item.key, item])),
    whole: true,
    byDate: true,
    ...more,
  });
  return groups.map(({ heading, rows }) => [
    heading,
    ...rows.map(({ name }) => name),
  ]);
}

test('puts the session first, then what was opened last, then the years', () => {
  const elsewhere = experiment('f');
  expect(shown([link('b')], [experiment('b'), elsewhere])).toEqual([
    ['session', 'MA-b'],
    ['recent', 'MA-f'],
    [2026, 'MA-d'],
    [2025, 'MA-a'],
    ['undated', 'MA-c', 'MA-e'],
  ]);
});

test('shows what is in the session by its folder when the list has it not', () => {
  expect(shown([link('x')])[0]).toEqual(['session', 'MA-x-BX11']);
});

test('what was searched for stands alone', () => {
  expect(shown([link('x')], [experiment('f')], { whole: false })[0]).toEqual([
    2026,
    'MA-d',
    'MA-b',
  ]);
});

test('in another order than by date there are no years', () => {
  expect(shown([link('b')], [], { byDate: false })).toEqual([
    ['session', 'MA-b'],
    ['found', 'MA-d', 'MA-a', 'MA-c', 'MA-e'],
  ]);
});

test('an experiment without folders is not in the session', () => {
  const none = link('b', { raw: null, processed: null });
  expect(shown([none])[0]).toEqual([2026, 'MA-d', 'MA-b']);
});
