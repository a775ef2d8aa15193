import type { HubApi } from './auth/hub-api.js';
import type { Identities } from './auth/identities.js';
import type { OAuth } from './auth/oauth.js';
import type { PageSessions } from './auth/page-sessions.js';
import type { Catalogue } from './catalogue/catalogue.js';
import type { HubConnection } from './config.js';
import type { Jobs } from './scheduler/jobs/jobs.js';
import { Refusal } from './refusal.js';
import type { HubServers } from './sessions/hub-servers.js';
import type { Running } from './sessions/running.js';
import type { Sessions } from './sessions/sessions.js';
import type { Bookmarks } from './store/bookmarks.js';
import type { Store } from './store/store.js';

/** Everything that the routes need, made once at the start. */
export interface Parts {
  hub: HubConnection;
  hubApi: HubApi;
  catalogue: Catalogue;
  bookmarks: Bookmarks;
  sessions: Sessions;
  jobs: Jobs;
  servers: HubServers;
  running: Running;
  identities: Identities;
  pageSessions: PageSessions;
  oauth: OAuth;
  store: Store;
}

/**
 * Whether the service can answer yet. It listens before that: JupyterHub ends itself when a
 * service does not listen, so a fault is told in answers and not by a crash.
 */
export class Readiness {
  private current: Parts | null = null;
  private why = 'Beamtime is starting. Try again in a few seconds.';
  /** What keeps the service from answering, or parts of it, for the admin. */
  private faults: string[] = [];

  /** @throws {Refusal} `unavailable`, with the fault. */
  get parts(): Parts {
    if (this.current === null) {
      throw new Refusal('unavailable', this.why);
    }
    return this.current;
  }

  get isReady(): boolean {
    return this.current !== null;
  }

  get problems(): readonly string[] {
    const { store, catalogue } = this.current ?? {};
    return [
      ...this.faults,
      ...(store && store.problem !== null ? [store.problem] : []),
      ...(catalogue?.problems ?? []),
    ];
  }

  succeed(parts: Parts): void {
    this.current = parts;
    this.faults = [];
  }

  /** @param problem - what is wrong and what to do, in sentences. */
  fail(problem: string): void {
    this.current = null;
    this.why = problem;
    this.faults = [problem];
  }
}
