// From the double click to the first picture, on the machine itself.
import { besideH5web, WHERE } from '../hdf5/beside.ts';
import { firstPictures } from '../hdf5/opening.ts';
import { LOCAL } from '../hdf5/link.ts';

export default besideH5web(WHERE, firstPictures(LOCAL));
