import type { FastifyBaseLogger } from 'fastify';
import { AccessTokens } from './auth/access-tokens.js';
import { HubApi } from './auth/hub-api.js';
import { Identities } from './auth/identities.js';
import { OAuth } from './auth/oauth.js';
import { PageSessions } from './auth/page-sessions.js';
import { Catalogue } from './catalogue/catalogue.js';
import { observed } from './catalogue/observed.js';
import { Roles } from './catalogue/roles.js';
import { makeSources, wantsTokens } from './catalogue/sources.js';
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
import { HubServers } from './sessions/hub-servers.js';
import { Running } from './sessions/running.js';
import { Sessions } from './sessions/sessions.js';
import { World } from './sessions/world.js';
import type { Ongoing } from './routes/app.js';
import { Bookmarks } from './store/bookmarks.js';
import { Choices } from './store/choices.js';
import { Presets } from './store/presets.js';
import type { Store } from './store/store.js';

/** Makes the parts from the configuration; the catalogue is loaded when this is done. */
export async function assemble(
  hub: HubConnection,
  site: SiteConfig,
  prefix: string,
  store: Store,
  { metrics, events, log }: Ongoing & { log: FastifyBaseLogger },
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
  const hubApi = new HubApi(hub);
  const accessTokens = new AccessTokens(hubApi);
  const sources = await makeSources(site, accessTokens);
  const roles = new Roles(site.staffGroups, site.instrumentGroups);
  const catalogue = new Catalogue(sources.adapters, {
    ...sources,
    staffOf: (viewer) => roles.staffOf(viewer),
    observer: observed(metrics, log),
  });
  catalogue.onChange(() => events.tell('catalogue'));
  const jobs = new Jobs((ids) => readJobs(ids));
  const servers = new HubServers(hub);
  const identities = new Identities(hubApi, {
    seen: (name, token) => {
      if (wantsTokens(sources)) {
        accessTokens.seen(name, token);
      }
    },
    gone: (name) => {
      accessTokens.forget(name);
      catalogue.forget(name);
    },
  });
  const pageSessions = new PageSessions(prefix);
  return {
    hub,
    hubApi,
    store,
    catalogue,
    bookmarks: new Bookmarks(database),
    jobs,
    servers,
    running: new Running(
      servers,
      kind === 'slurm' ? jobs : null,
      site.namedSessions,
    ),
    sessions: new Sessions(
      new World(site.policy, cluster, accounting),
      catalogue,
      new Choices(database),
      new Presets(database),
    ),
    identities,
    pageSessions,
    oauth: new OAuth(hub, prefix, hubApi, identities, pageSessions),
  };
}
