import { rm } from 'node:fs/promises';
import path from 'node:path';
import { stateDir } from '../../scripts/shared/paths.mjs';
import { Facility, USERS } from '../facility/facility.ts';
import type { Hub } from '../facility/hub.ts';
import type { Slurm } from '../facility/slurm.ts';
import { freePorts } from '../facility/ports.ts';
import type { Case, Variant } from './case.ts';
import { installPeers } from './peers/environments.ts';
import { startPeer } from './peers/hub.ts';

/** Both hubs on one Slurm, the sample facility's. */
export interface Both {
  site: Facility;
  slurm: Slurm;
  ours: Hub;
  peer: Hub;
  /** What ends when the case does, before the hubs; last added, first ended. */
  atEnd: (() => Promise<void>)[];
}

export interface BothOptions {
  /** Accounts besides the sample facility's own; made where they are missing. */
  users?: readonly string[];
  /** Folder of `jupyterhub-singleuser` for both; each hub's own JupyterLab if left out. */
  labBin?: string;
}

/**
 * A case that runs both hubs, without a memory of earlier runs, and ends them whatever happens.
 *
 * @param about - what is measured and what is simulated.
 */
export function atBoth(
  about: string,
  options: BothOptions | (() => Promise<BothOptions>),
  prepare: (both: Both) => Promise<Variant[]>,
): Case {
  return {
    about,
    async open() {
      const both = await openBoth(
        typeof options === 'function' ? await options() : options,
      );
      const close = async () => {
        for (const end of both.atEnd.reverse()) {
          await end();
        }
      };
      try {
        return { variants: await prepare(both), close };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

async function openBoth({ users = [], labBin }: BothOptions): Promise<Both> {
  await installPeers();
  await rm(path.join(stateDir, 'bench-peer'), { recursive: true, force: true });
  const [port = 0] = await freePorts(1);
  const everybody = [...USERS, ...users];
  const site = await Facility.start({
    name: 'bench',
    data: 'test',
    port,
    fresh: true,
    slurm: { users: everybody },
    users: everybody,
    labBin,
  });
  const { slurm } = site;
  try {
    if (slurm === null) {
      throw new Error('The facility was started without Slurm.');
    }
    const peer = await startPeer(site, labBin);
    return {
      site,
      slurm,
      ours: site.hub,
      peer,
      atEnd: [() => site.stop(), () => peer.stop()],
    };
  } catch (error) {
    await site.stop();
    throw error;
  }
}
