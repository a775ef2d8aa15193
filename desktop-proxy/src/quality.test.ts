import { QualityChooser } from './quality.js';

const figures = (roundTrip: number | null, rate: number) => ({
  roundTrip,
  rate,
  pictures: 0,
});

test('a fixed choice stays, whatever the line does', () => {
  const chooser = new QualityChooser();
  chooser.choice = 'sharp';
  chooser.observe(figures(20, 1e6), 0);
  chooser.observe(figures(3_000, 1e6), 1_000);
  expect(chooser.levels.quality).toBe(9);
});

test('by itself: worse while pictures fill the line, better when it is calm', () => {
  const chooser = new QualityChooser();
  const best = chooser.levels.quality;
  chooser.observe(figures(20, 2e6), 0);
  chooser.observe(figures(900, 2e6), 1_000);
  const worse = chooser.levels.quality;
  expect(worse).toBeLessThan(best);
  chooser.observe(figures(900, 2e6), 2_000);
  expect(chooser.levels.quality).toBeLessThan(worse);
  chooser.observe(figures(30, 1e5), 11_999);
  expect(chooser.levels.quality).toBeLessThan(worse);
  chooser.observe(figures(30, 1e5), 12_000);
  expect(chooser.levels.quality).toBe(worse);
  chooser.observe(figures(30, 1e5), 22_000);
  expect(chooser.levels.quality).toBe(best);
});

test('by itself: a line that is long but not full keeps good pictures', () => {
  const chooser = new QualityChooser();
  const best = chooser.levels.quality;
  // Another continent: always 300 ms.
  chooser.observe(figures(300, 2e6), 0);
  chooser.observe(figures(310, 2e6), 1_000);
  // Something else fills the line: worse pictures would not help.
  chooser.observe(figures(2_000, 1_000), 2_000);
  expect(chooser.levels.quality).toBe(best);
});
