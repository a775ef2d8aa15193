// What comes through the network for each frame of a compressed file while one steps through
// it, with what is read ahead.
import { besideH5web, row, WHERE } from '../hdf5/beside.ts';
import { LOCAL } from '../hdf5/link.ts';
import { getReady, steps } from '../hdf5/steps.ts';

const STEPS = 10;

export default besideH5web(
  `${WHERE} ${STEPS} steps from frame to frame, each looked at for 0.6 s.`,
  (['gzip', 'bslz4'] as const).map((file) =>
    row(file, 'MB per frame', async (viewer) => {
      await getReady(viewer, file, LOCAL);
      viewer.link.received = 0;
      await steps(viewer, file, 'next', STEPS);
      return viewer.link.received / STEPS / 1e6;
    }),
  ),
);
