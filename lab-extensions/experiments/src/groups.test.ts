import type { SessionLink } from '@beamtime/api-client';
import { experiment, link } from './fakes.js';
import { groupRows } from './groups.js';

const experiments = [
  experiment('a', { start: '2025-09-21T08:00:00Z' }),
  experiment('b', { start: '2026-03-03T08:00:00Z' }),
  experiment('c'),
  experiment('d', { start: '2026-11-12T08:00:00Z' }),
  experiment('e', { start: 'soon' }),
];

function shown(links: SessionLink[], searching = false) {
  const byKey = new Map(links.map((item) => [item.key, item]));
  return groupRows(experiments, byKey, searching).map(({ heading, rows }) => [
    heading,
    ...rows.map(({ name }) => name),
  ]);
}

test('puts the session first, then the years, newest first', () => {
  expect(shown([link('b')])).toEqual([
    ['session', 'MA-b'],
    [2026, 'MA-d'],
    [2025, 'MA-a'],
    ['undated', 'MA-c', 'MA-e'],
  ]);
});

test('shows what is in the session by its folder when the list has it not', () => {
  expect(shown([link('x')])[0]).toEqual(['session', 'MA-x-BX11']);
  expect(shown([link('x')], true)[0]).toEqual([2026, 'MA-b', 'MA-d']);
});

test('an experiment without folders is not in the session', () => {
  const none = link('b', { raw: null, processed: null });
  expect(shown([none])[0]).toEqual([2026, 'MA-b', 'MA-d']);
});
