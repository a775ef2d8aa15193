// From the double click to a drawing of 20 million points, and how long the page freezes
// meanwhile. Ours asks first, and one click on what it offers shows an overview.
import { besideH5web, together, WHERE } from '../hdf5/beside.ts';
import { LOCAL } from '../hdf5/link.ts';
import { openLine } from '../hdf5/opening.ts';

export default besideH5web(WHERE, [
  together(
    [
      { figure: 'first', name: 'first', unit: 'ms' },
      { figure: 'freeze', name: 'freeze', unit: 'ms' },
    ],
    (viewer) => openLine(viewer, LOCAL),
  ),
]);
