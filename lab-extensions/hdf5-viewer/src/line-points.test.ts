import { domainOf, toPoints, withDetail } from './line-points.js';

const whole = toPoints({
  edges: [0, 10, 20, 30],
  extremes: new Float32Array([1, 2, -3, 4, 5, 6]),
});

test('each part is a stroke from its least to its greatest value', () => {
  expect(whole).toEqual({
    x: [0, 0, 10, 10, 20, 20],
    y: [1, 2, -3, 4, 5, 6],
  });
});

test('a stretch in more detail takes the place of what it shows', () => {
  const detail = toPoints({
    edges: [9, 12, 15],
    extremes: new Float32Array([7, 7, 8, 9]),
  });
  expect(withDetail(whole, detail)).toEqual({
    x: [0, 0, 9, 9, 12, 12, 20, 20],
    y: [1, 2, 7, 7, 8, 9, 5, 6],
  });
  expect(withDetail(whole, null)).toBe(whole);
});

test('what is no number has no part in the domain', () => {
  expect(domainOf([NaN, 3, -2, Infinity])).toEqual([-2, 3]);
  expect(domainOf([NaN])).toEqual([0, 1]);
});
