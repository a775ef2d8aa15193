import { count, formatDuration, formatMemory } from './words.js';

test.each([
  [0, '0 MB'],
  [500, '500 MB'],
  [1024, '1 GB'],
  [65_536, '64 GB'],
  [64_000, '62.5 GB'],
  [2_097_151, '1.9 TB'],
  [2_097_152, '2 TB'],
])('writes %d MiB as %s', (mebibytes, words) => {
  expect(formatMemory(mebibytes)).toBe(words);
});

test.each([
  [1, '1 minute'],
  [45, '45 minutes'],
  [60, '1 hour'],
  [90, '90 minutes'],
  [240, '4 hours'],
  [1440, '24 hours'],
  [2880, '2 days'],
  [3000, '50 hours'],
])('writes %d minutes as %s', (minutes, words) => {
  expect(formatDuration(minutes)).toBe(words);
});

test('writes one of a thing without an s', () => {
  expect([count(1, 'core'), count(0, 'core')]).toEqual(['1 core', '0 cores']);
});
