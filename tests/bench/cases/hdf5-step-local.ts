// From a key to the next frame, and to one ten frames further, on the machine itself.
import { besideH5web, WHERE } from '../hdf5/beside.ts';
import { LOCAL } from '../hdf5/link.ts';
import { stepping } from '../hdf5/stepping.ts';

export default besideH5web(
  `${WHERE} Each frame is looked at for 0.6 s.`,
  stepping(LOCAL),
);
