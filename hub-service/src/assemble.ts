import { HubApi } from './auth/hub-api.js';
import { Identities } from './auth/identities.js';
import { OAuth } from './auth/oauth.js';
import { PageSessions } from './auth/page-sessions.js';
import type { Viewer } from './catalogue/adapter.js';
import { Catalogue } from './catalogue/catalogue.js';
import { EmbeddedCatalogue } from './catalogue/embedded/embedded.js';
import { FileWatch } from './catalogue/embedded/file-watch.js';
import { Roles } from './catalogue/roles.js';
import type { HubConnection, SiteConfig } from './config.js';
import type { Parts } from './readiness.js';
import { Jobs } from './scheduler/jobs/jobs.js';
import { readJobs } from './scheduler/jobs/squeue.js';
import { noAccounting } from './scheduler/accounting.js';
import { readLocal } from './scheduler/local.js';
import { runSlurm } from './scheduler/slurm/command.js';
import { SlurmReader } from './scheduler/slurm/reader.js';
import { SlurmAccounting } from './scheduler/slurm/slurm-accounting.js';
import { SnapshotCache } from './scheduler/snapshot-cache.js';
import { Sessions } from './sessions/sessions.js';
import { World } from './sessions/world.js';
import { Choices } from './store/choices.js';
import type { Database } from './store/database.js';
import { Presets } from './store/presets.js';
import type { Store } from './store/store.js';

/** Makes the parts from the configuration; the catalogue is loaded when this is done. */
export async function assemble(
  hub: HubConnection,
  site: SiteConfig,
  prefix: string,
  store: Store,
): Promise<Parts> {
  const { database } = store;
  const { kind } = site.scheduler;
  const slurm = new SlurmReader();
  const cluster = new SnapshotCache(
    kind,
    kind === 'slurm' ? () => slurm.read() : readLocal,
  );
  const accounting =
    kind === 'slurm'
      ? new SlurmAccounting(runSlurm, () => slurm.settings())
      : noAccounting;
  // The first question takes longest: let nobody wait for it, nor a failure end the start.
  void cluster.snapshot().catch(() => undefined);
  const roles = new Roles(site.staffGroups, {});
  const catalogue = new Catalogue(await embedded(site, database), {
    staffOf: (viewer) => roles.staffOf(viewer),
  });
  const api = new HubApi(hub);
  const identities = new Identities(api);
  const pageSessions = new PageSessions(prefix);
  return {
    hub,
    store,
    catalogue,
    jobs: new Jobs((ids) => readJobs(ids)),
    sessions: new Sessions(
      new World(site.policy, cluster, accounting),
      catalogue,
      new Choices(database),
      new Presets(database),
    ),
    identities,
    pageSessions,
    oauth: new OAuth(hub, prefix, api, identities, pageSessions),
  };
}

async function embedded(
  { catalogue, staffGroups, dataRoots }: SiteConfig,
  database: Database,
): Promise<EmbeddedCatalogue[]> {
  if (catalogue === undefined) {
    return [];
  }
  const file = new FileWatch(catalogue, database);
  await file.refresh();
  const isStaff = ({ admin, groups }: NonNullable<Viewer>) =>
    admin || groups.some((group) => staffGroups.includes(group));
  return [new EmbeddedCatalogue(database, file, { isStaff, dataRoots })];
}
