// From the double click to the tree of a file.
import { besideH5web, row, WHERE } from '../hdf5/beside.ts';
import { LOCAL, REMOTE } from '../hdf5/link.ts';

const tree = (name: string, speed: typeof LOCAL) =>
  row(name, 'ms', async (viewer) => {
    await viewer.open('gzip', speed);
    const took = await viewer.tree();
    // What it goes on to load must not be in the way of the next run.
    await viewer.picture();
    return took;
  });

export default besideH5web(WHERE, [
  tree('local', LOCAL),
  tree('remote', REMOTE),
]);
