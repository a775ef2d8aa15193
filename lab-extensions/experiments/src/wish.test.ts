import {
  EVERYTHING,
  narrowings,
  readWish,
  within,
  without,
  yearOf,
} from './wish.js';

test.each([undefined, null, 'x', 7, {}, { query: 'x', only: 1, layout: 2 }])(
  'of %j nothing is remembered',
  (value) => {
    expect(readWish(value)).toEqual(EVERYTHING);
  },
);

test('what was typed and how far one had scrolled is not remembered', () => {
  const kept = { scope: 'mine', cycle: '2026-1' };
  const value = { query: { ...kept, text: 'x', cursor: 'c', limit: 5 } };
  expect(readWish(value).query).toEqual(kept);
});

test('a year and a run take each other’s place', () => {
  const year = within({ scope: 'mine' }, 2026);
  expect([yearOf(year), year.scope]).toEqual([2026, 'mine']);
  const cycle = within(year, '2026-1');
  expect(cycle).toEqual({ scope: 'mine', cycle: '2026-1' });
  expect(within(cycle, null)).toEqual({ scope: 'mine' });
});

test('each filter can be dropped alone', () => {
  const wish = {
    ...EVERYTHING,
    query: within({ scope: 'mine' as const, instruments: ['BX11'] }, 2026),
    only: 'favourites' as const,
  };
  const all = narrowings(wish);
  expect(all).toEqual(['instruments', 'when', 'scope', 'only']);
  for (const which of all) {
    expect(narrowings(without(wish, which))).toEqual(
      all.filter((other) => other !== which),
    );
  }
});
