import { median, quantile, resultOf } from './figures.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('nothing measured is no figure', () => {
  expect(() => median([])).toThrow('No value was measured.');
});

test.each([
  [[5, 1, 3], 0.5, 3],
  [Array.from({ length: 200 }, (_, index) => index + 1), 0.99, 198],
  [[7], 0.99, 7],
])('of %j, the share %d is at most %d', (values, q, value) => {
  expect(quantile(values, q)).toBe(value);
});

test('nothing measured has no quantile', () => {
  expect(() => quantile([], 0.99)).toThrow('No value was measured.');
});

test('beside none at all there is no ratio', () => {
  const variant = { name: 'x', unit: '', better: 'less' } as const;
  expect(resultOf(variant, [0], [5])).toMatchObject({ ours: 0, ratio: null });
  expect(resultOf(variant, [5], [0])).toMatchObject({ peer: 0, ratio: null });
});

test.each([
  ['less', [2, 2, 2], [6, 6, 6], 3],
  ['less', [6], [2], 0.333],
  ['more', [90], [30], 3],
  ['more', [30], [90], 0.333],
] as const)(
  'where %s is better, %j beside %j is ahead by %d',
  (better, ours, peer, ratio) => {
    const result = resultOf({ name: 'x', unit: 's', better }, ours, peer);
    expect(result.ratio).toBe(ratio);
    expect(result.runs).toBe(ours.length);
  },
);

test('without a peer there is no ratio', () => {
  const variant = { name: 'x', unit: 's', better: 'less' } as const;
  expect(resultOf(variant, [1], null)).toMatchObject({
    peer: null,
    ratio: null,
    ours: 1,
  });
});
