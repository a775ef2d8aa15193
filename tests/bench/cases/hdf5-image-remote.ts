// From the double click to the first picture, over a link as from home.
import { besideH5web, WHERE } from '../hdf5/beside.ts';
import { firstPictures } from '../hdf5/opening.ts';
import { REMOTE } from '../hdf5/link.ts';

export default besideH5web(WHERE, firstPictures(REMOTE));
