import { joinMemory, splitMemory, wholeMemory } from './memory-text.js';

test.each([
  ['64G', '64', 'G'],
  ['65536M', '64', 'G'],
  ['500M', '500', 'M'],
  ['2T', '2', 'T'],
  ['1000', '1000', 'M'],
  ['0', '0', 'G'],
  ['lotsG', 'lots', 'G'],
] as const)('%s is %s of %s', (memory, number, unit) => {
  expect(splitMemory(memory)).toEqual({ number, unit });
});

test.each([
  ['', 'G', ''],
  ['64', 'G', '64G'],
  ['64m', 'G', '64M'],
  ['1,5', 'T', '1.5T'],
] as const)('%j in %s is %j', (number, unit, memory) => {
  expect(joinMemory({ number, unit })).toBe(memory);
});

test('decimals become whole MiB, which Slurm wants', () => {
  expect(wholeMemory('1.5G')).toBe('1536M');
  expect(wholeMemory('0.5t')).toBe('524288M');
  expect(wholeMemory('1.5x')).toBe('1.5x');
});
