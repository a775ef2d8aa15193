// From the double click to all 5,000 groups of a file in the tree.
import { besideH5web, row, WHERE } from '../hdf5/beside.ts';
import { LOCAL, REMOTE } from '../hdf5/link.ts';

const groups = (name: string, speed: typeof LOCAL) =>
  row(name, 'ms', async (viewer) => {
    // A window of its own: the peer's asks the server about each group, and goes on with it.
    await viewer.warmUp();
    await viewer.open('groups', speed);
    const took = await viewer.tree(5000);
    await viewer.leave();
    return took;
  });

export default besideH5web(WHERE, [
  groups('local', LOCAL),
  groups('remote', REMOTE),
]);
