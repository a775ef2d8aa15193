import { needPrograms } from '../../../scripts/shared/system.mjs';
import { installPeers } from '../peers/environments.ts';

/** What the desktop benchmarks need beyond the tests: the peer, XFCE, and what its start script calls. */
export async function preparePeer(): Promise<void> {
  await needPrograms(['peerDesktop']);
  await installPeers();
}
