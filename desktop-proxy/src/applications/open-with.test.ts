import { program } from './fakes.js';
import { programsFor } from './open-with.js';

const missing = ['It is not installed.'];
const pymca = program({ extensions: ['.h5', '.edf'], missing });
const silx = program({ id: 'silx', mimetypes: ['application/x-hdf5'] });
const images = program({ id: 'images', mimetypes: ['image/*'] });
const all = [pymca, silx, images, program({ id: 'clock' })];

test.each([
  // Those that cannot start here are there, but last.
  ['raw/scan.H5', ['application/x-hdf5'], ['silx', 'pymca']],
  ['a.h5/notes.txt', ['text/plain'], []],
  ['x.edf', [], ['pymca']],
  ['x.png', ['image/png'], ['images']],
  ['x.nxs', ['application/x-hdf5'], ['silx']],
])('offers for %p of type %p: %p', (path, mimetypes, ids) => {
  const found = programsFor(all, { path, mimetypes });
  expect(found.map(({ id }) => id)).toEqual(ids);
});
