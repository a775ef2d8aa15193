// What the Jupyter server, which runs everybody's kernels and terminals in one event loop,
// has to bear: the longest pause of that loop while all files are looked at, and the
// processor time of a step, that of helper processes included.
import { besideH5web, row, WHERE } from '../hdf5/beside.ts';
import { computedFor } from '../hdf5/cost.ts';
import { FILES } from '../hdf5/files.ts';
import { LOCAL } from '../hdf5/link.ts';
import { openLine, profile } from '../hdf5/opening.ts';
import { getReady, steps } from '../hdf5/steps.ts';

const STEPS = 10;

export default besideH5web(WHERE, [
  row('pause', 'ms', async (viewer) => {
    await viewer.warmUp();
    await viewer.watchLoop();
    await getReady(viewer, 'gzip', LOCAL);
    await steps(viewer, 'gzip', 'jump', 3);
    for (const file of ['bslz4', 'vds', 'raw'] as const) {
      await viewer.open(file, LOCAL);
      await viewer.picture(FILES[file]);
    }
    await openLine(viewer, LOCAL);
    await profile(viewer, LOCAL);
    await viewer.open('groups', LOCAL);
    await viewer.tree(5000);
    await viewer.leave();
    return viewer.pause();
  }),
  row('cpu', 'ms per step', async (viewer) => {
    await getReady(viewer, 'gzip', LOCAL);
    const before = await computedFor(viewer.jupyter);
    await steps(viewer, 'gzip', 'next', STEPS);
    return ((await computedFor(viewer.jupyter)) - before) / STEPS;
  }),
]);
