// From the click that asks for the profile through 1,000 gzip frames to its drawing.
import { besideH5web, row, WHERE } from '../hdf5/beside.ts';
import { LOCAL, REMOTE } from '../hdf5/link.ts';
import { profile } from '../hdf5/opening.ts';

export default besideH5web(WHERE, [
  row('local', 'ms', (viewer) => profile(viewer, LOCAL)),
  row('remote', 'ms', (viewer) => profile(viewer, REMOTE)),
]);
