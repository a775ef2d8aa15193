import { formatSlurmTime, parseMemoryMiB, parseSlurmTime } from './time.js';

test.each([
  ['90', 90],
  ['30:00', 30],
  ['1:00', 1],
  ['0:30', 1],
  ['4:00:00', 240],
  ['1-0', 1440],
  ['1-12:30', 2190],
  ['7-00:00:00', 10080],
  ['infinite', null],
  ['UNLIMITED', null],
  ['', undefined],
  ['1:2:3:4', undefined],
  ['4h', undefined],
  ['-5', undefined],
  ['10\n', undefined],
])('reads the time %j as %j minutes', (text, minutes) => {
  expect(parseSlurmTime(text)).toBe(minutes);
});

test.each([1, 59, 60, 1439, 1440, 10_081])(
  'writes %d minutes so that Slurm reads the same',
  (minutes) => {
    expect(parseSlurmTime(formatSlurmTime(minutes))).toBe(minutes);
  },
);

test.each([
  ['500', 500],
  ['500M', 500],
  ['4g', 4096],
  ['1T', 1_048_576],
  ['1K', 1],
  ['', undefined],
  ['4GB', undefined],
  ['-1', undefined],
])('reads the memory %j as %j MiB', (text, mebibytes) => {
  expect(parseMemoryMiB(text)).toBe(mebibytes);
});
