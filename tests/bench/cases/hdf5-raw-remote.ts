// From the double click to a frame of 16.8 MB that is not compressed, over a link as from
// home: the first picture of it, which may be a reduced one, and the full one.
import { besideH5web, together, WHERE } from '../hdf5/beside.ts';
import { REMOTE } from '../hdf5/link.ts';

export default besideH5web(WHERE, [
  together(
    [
      { figure: 'first', name: 'first', unit: 'ms' },
      { figure: 'full', name: 'full', unit: 'ms' },
    ],
    async (viewer) => {
      await viewer.open('raw', REMOTE);
      const first = await viewer.picture();
      return { first, full: await viewer.fullPicture() };
    },
  ),
]);
