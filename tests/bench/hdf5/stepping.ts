import { together, type Together } from './beside.ts';
import type { Speed } from './link.ts';
import { getReady, steps } from './steps.ts';

const STEPS = 3;

/** Steps to the next frame and over ten, in files of each kind, with what they load. */
export function stepping(speed: Speed): Together[] {
  return (['gzip', 'bslz4', 'vds'] as const).map((file) =>
    together(
      [
        { figure: 'next', name: `next-${file}`, unit: 'ms' },
        { figure: 'jump', name: `jump-${file}`, unit: 'ms' },
        {
          figure: 'nextLoads',
          name: `next-${file}, loaded per step with what is read ahead`,
          unit: 'MB',
        },
        {
          figure: 'jumpLoads',
          name: `jump-${file}, loaded per step with what is read ahead`,
          unit: 'MB',
        },
      ],
      async (viewer) => {
        await getReady(viewer, file, speed);
        const { link } = viewer;
        const loads = () => link.received / STEPS / 1e6;
        link.received = 0;
        const next = await steps(viewer, file, 'next', STEPS);
        const nextLoads = loads();
        link.received = 0;
        const jump = await steps(viewer, file, 'jump', STEPS);
        return { next, jump, nextLoads, jumpLoads: loads() };
      },
    ),
  );
}
