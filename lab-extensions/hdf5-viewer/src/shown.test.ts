import { shownOf, signalOf } from './shown.js';
import type { ValueParams } from './watch-values.js';

const params = (path: string, selection?: string) =>
  ({ dataset: { path }, selection }) as ValueParams;

test('all that is drawn with in one go is told together', async () => {
  const told: string[][] = [];
  const draw = shownOf((all) =>
    told.push(all.map((each) => each.dataset.path)),
  );
  draw(params('/a'));
  draw(params('/b'));
  await Promise.resolve();
  draw(params('/c'));
  await Promise.resolve();
  expect(told).toEqual([['/a', '/b'], ['/c']]);
});

test.each([
  [[params('/signal', '3,:,:'), params('/x')], '/signal', '3,:,:'],
  [
    [params('/x'), params('/signal', '3,:,:'), params('/e', '3,:,:')],
    '/signal',
    '3,:,:',
  ],
  [[params('/signal'), params('/x')], '/signal', undefined],
])('of what is drawn with, the signal is looked at', (all, path, selection) => {
  expect(signalOf(all)).toEqual({ path, selection });
});

test('nothing may be drawn', () => {
  expect(signalOf([])).toBeUndefined();
});
