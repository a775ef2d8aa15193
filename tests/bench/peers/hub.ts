import path from 'node:path';
import { stateDir } from '../../../scripts/shared/paths.mjs';
import type { Facility } from '../../facility/facility.ts';
import { Hub } from '../../facility/hub.ts';
import { freePorts } from '../../facility/ports.ts';

/**
 * The peer's hub, jupyterhub_moss, on the Slurm of `site` and with the same settings.
 *
 * @param labBin - folder of `jupyterhub-singleuser`; the peer's own JupyterLab if left out.
 */
export async function startPeer(site: Facility, labBin?: string): Promise<Hub> {
  const [port = 0] = await freePorts(1);
  return Hub.start(
    {
      ...site.hub.settings,
      port,
      state: path.join(stateDir, 'bench-peer'),
      labBin,
    },
    {
      hub: 'peer-hub',
      lab: 'peer-lab',
      config: 'tests/bench/peers/jupyterhub_config.py',
      service: null,
    },
  );
}
