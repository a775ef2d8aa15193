import type { HubConnection, SiteConfig } from '../config.js';
import { messageOf } from '../refusal.js';
import {
  lookAtCatalogues,
  TOKENS_SCOPE,
  wantsUserTokens,
} from './catalogues.js';
import { type Area, type Finding, inArea } from './finding.js';
import { lookAtDomains, lookAtHub } from './hub.js';
import { lookAtPaths } from './paths.js';
import { lookAtSlurm } from './slurm.js';
import { lookAtSoftware } from './software.js';
import { lookAtStore } from './store.js';

/** What there is to look at. */
export interface Patient {
  site: SiteConfig;
  /** `null` outside the service: nobody else has its token. */
  hub: HubConnection | null;
  /** Of `subdomain_host`; empty if there is none. */
  host: string;
}

/** Looks at everything, at once; a fault of one look is a finding of its own. */
export async function examine({
  site,
  hub,
  host,
}: Patient): Promise<Finding[]> {
  const needed = wantsUserTokens(site) ? [TOKENS_SCOPE] : [];
  const looked = await Promise.all([
    look('hub', async () => [
      ...(hub ? await lookAtHub(hub, needed) : []),
      lookAtDomains(host),
    ]),
    look('slurm', () => lookAtSlurm(site)),
    look('catalogues', () => lookAtCatalogues(site)),
    look('store', async () => [await lookAtStore(site)]),
    look('paths', async () => Promise.resolve(lookAtPaths(site))),
    look('software', () => lookAtSoftware(site)),
  ]);
  return looked.flat();
}

async function look(
  area: Area,
  what: () => Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await what();
  } catch (error) {
    return [
      inArea(area).wrong(
        `This could not be looked at: ${messageOf(error)}.`,
        'Report it to the makers of Beamtime.',
      ),
    ];
  }
}
