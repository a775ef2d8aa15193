import { HubApi } from './auth/hub-api.js';
import { Identities } from './auth/identities.js';
import { OAuth } from './auth/oauth.js';
import { PageSessions } from './auth/page-sessions.js';
import type { Viewer } from './catalogue/adapter.js';
import { Catalogue } from './catalogue/catalogue.js';
import { EmbeddedCatalogue } from './catalogue/embedded/embedded.js';
import { FileWatch } from './catalogue/embedded/file-watch.js';
import type { HubConnection, SiteConfig } from './config.js';
import type { Parts } from './readiness.js';
import { Jobs } from './scheduler/jobs/jobs.js';
import { readJobs } from './scheduler/jobs/squeue.js';
import { readLocal } from './scheduler/local.js';
import { readSlurm } from './scheduler/slurm/slurm.js';
import { SnapshotCache } from './scheduler/snapshot-cache.js';
import { Sessions } from './sessions/sessions.js';
import { Choices } from './store/choices.js';
import type { Database } from './store/database.js';

/** Makes the parts from the configuration; the catalogue is loaded when this is done. */
export async function assemble(
  hub: HubConnection,
  site: SiteConfig,
  prefix: string,
  database: Database,
): Promise<Parts> {
  const { kind } = site.scheduler;
  const cluster = new SnapshotCache(
    kind,
    kind === 'slurm' ? readSlurm : readLocal,
  );
  // The first question takes longest: let nobody wait for it, nor a failure end the start.
  void cluster.snapshot().catch(() => undefined);
  const catalogue = new Catalogue(await embedded(site, database));
  const api = new HubApi(hub);
  const identities = new Identities(api);
  const pageSessions = new PageSessions(prefix);
  return {
    hub,
    catalogue,
    jobs: new Jobs((ids) => readJobs(ids)),
    sessions: new Sessions(
      site.policy,
      cluster,
      catalogue,
      new Choices(database),
    ),
    identities,
    pageSessions,
    oauth: new OAuth(hub, prefix, api, identities, pageSessions),
  };
}

async function embedded(
  { catalogue, staffGroups, dataRoots }: SiteConfig,
  database: Database,
): Promise<EmbeddedCatalogue | null> {
  if (catalogue === undefined) {
    return null;
  }
  const file = new FileWatch(catalogue, database);
  await file.refresh();
  const isStaff = ({ admin, groups }: NonNullable<Viewer>) =>
    admin || groups.some((group) => staffGroups.includes(group));
  return new EmbeddedCatalogue(database, file, { isStaff, dataRoots });
}
