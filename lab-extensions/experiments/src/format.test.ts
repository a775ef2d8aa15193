import { dateLocale, formatBytes, formatDates } from './format.js';

test.each([
  ['2026-11-12T08:00:00Z', '2026-11-16T08:00:00Z', '12–16 Nov 2026'],
  ['2026-11-12T08:00:00Z', '2026-11-12T18:00:00Z', '12 Nov 2026'],
  ['2026-11-30T08:00:00Z', '2026-12-02T08:00:00Z', '30 Nov–2 Dec 2026'],
  ['2026-11-12T08:00:00Z', undefined, '12 Nov 2026'],
  ['2026-11-12T08:00:00Z', '2026-11-01T08:00:00Z', '12 Nov 2026'],
  [undefined, '2026-11-16T08:00:00Z', ''],
  ['soon', undefined, ''],
])('writes the dates %s to %s as %j', (start, end, text) => {
  // Spaces around the dash are a matter of the ICU's version.
  const written = formatDates('en-GB', start, end).replace(/\s*–\s*/, '–');
  expect(written).toBe(text);
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [5_432_000, '5.4 MB'],
  [999_950_000, '1 GB'],
  [58e9, '58 GB'],
  [undefined, ''],
])('writes %s bytes as %j', (bytes, text) => {
  expect(formatBytes('en-GB', bytes)).toBe(text);
});

test('the day comes first where Lab speaks its default English', () => {
  expect([dateLocale('en'), dateLocale('fr_FR')]).toEqual(['en-GB', 'fr-FR']);
});
