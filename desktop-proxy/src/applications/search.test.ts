import { program } from './fakes.js';
import { searchPrograms } from './search.js';

const pymca = program({ comment: 'X-ray fluorescence', keywords: ['XRF'] });
const mantid = program({
  ...{ id: 'mantid', title: 'Mantid Workbench', categories: ['Science'] },
  missing: ['It is not installed.'],
});
const aerial = program({ id: 'aerial', title: 'Aérial mantle' });
const hidden = program({ id: 'hidden', title: 'Mantis', listed: false });
const all = [mantid, pymca, aerial, hidden];

test.each([
  ['', ['aerial', 'pymca', 'mantid']],
  ['xrf', ['pymca']],
  ['  X-RAY   pym ', ['pymca']],
  ['aerial', ['aerial']],
  ['science', ['mantid']],
  // Whose name begins with it comes first, though it cannot start.
  ['mant', ['mantid', 'aerial']],
  ['nothing', []],
])('finds for %p: %p', (text, ids) => {
  expect(searchPrograms(all, text).map(({ id }) => id)).toEqual(ids);
});
