import { cathode, cracks, experiment } from '../testing/fixtures.js';
import {
  ageWords,
  experimentDates,
  experimentName,
  list,
  shortDuration,
} from './words.js';

test.each([
  [-5000, '0 s ago'],
  [6400, '6 s ago'],
  [89_000, '89 s ago'],
  [91_000, '2 min ago'],
  [3_600_000, '60 min ago'],
  [7_200_000, '2 h ago'],
])('%d ms is %s', (age, words) => {
  expect(ageWords(age)).toBe(words);
});

test.each([
  [30, '30 min'],
  [60, '1 h'],
  [90, '90 min'],
  [1440, '24 h'],
  [2880, '2 d'],
])('%d minutes is %s', (minutes, words) => {
  expect(shortDuration(minutes)).toBe(words);
});

test('says when an experiment was, if it is known', () => {
  expect(experimentDates(cathode)).toMatch(/^3\D+6 Mar 2026$/);
  expect(experimentDates(cracks)).toBe('');
  expect(experimentDates(experiment('x', 'X', '', { start: 'soon' }))).toBe('');
});

test('names an experiment by its proposal, else by its id', () => {
  expect(experimentName('embedded:e1', cracks)).toBe('MA-5127');
  expect(experimentName('icat:inv:42', undefined)).toBe('inv:42');
});

test('lists words', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(list)).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
