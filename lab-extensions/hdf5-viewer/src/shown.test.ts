import type { Shown } from './code.js';
import { shownOf } from './shown.js';
import type { ValueParams } from './watch-values.js';

const params = (path: string, selection?: string) =>
  ({ dataset: { path }, selection }) as ValueParams;

test.each([
  [[params('/signal', '3,:,:'), params('/x')], '/signal 3,:,:'],
  [
    [params('/x'), params('/signal', '3,:,:'), params('/error', '3,:,:')],
    '/signal 3,:,:',
  ],
  [[params('/signal'), params('/x')], '/signal undefined'],
])(
  'of all that is drawn with, the signal is shown',
  async (drawn, expected) => {
    const told: Shown[] = [];
    const draw = shownOf((shown) => told.push(shown));
    for (const time of [1, 2]) {
      drawn.forEach(draw);
      await Promise.resolve();
      expect(told).toHaveLength(time);
    }
    expect(told.map(({ path, selection }) => `${path} ${selection}`)[0]).toBe(
      expected,
    );
  },
);
