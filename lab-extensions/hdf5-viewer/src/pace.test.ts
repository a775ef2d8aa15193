import { Pace } from './pace.js';

test('tells nothing before something has been measured', () => {
  const pace = new Pace();
  pace.add(500_000, 1);
  expect(pace.secondsFor(64e6)).toBeNull();
});

test('tells the time by the median of the last values', () => {
  const pace = new Pace();
  for (const ms of [1, 1, 1, 1, 1000, 2000, 500, 1000, 60_000]) {
    pace.add(8e6, ms);
  }
  expect(pace.secondsFor(96e6)).toBe(12);
});
