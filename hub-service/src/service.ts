import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import {
  type HubConnection,
  readHubConnection,
  readListening,
  readSiteConfig,
  type SiteConfig,
} from './config.js';
import { assemble } from './assemble.js';
import { examineService } from './doctor/service.js';
import { listenOnPort, listenOnSocket } from './listen.js';
import { Readiness } from './readiness.js';
import { messageOf } from './refusal.js';
import { Metrics } from './metrics.js';
import { internalApp, type Log, publicApp } from './routes/app.js';
import { EventStreams } from './routes/event-streams.js';
import { type StateLock, tryLock } from './store/lock.js';
import { openStore, type Store } from './store/store.js';
import { pause } from './timing.js';

const LOCK_PATIENCE_MS = 10_000;

/** What the service is started with; the defaults are the process's own. */
export interface StartOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** The user id that the process runs as. */
  uid: number;
  log: Log;
}

/** The service from its start to its end. */
export class Service {
  readonly readiness = new Readiness();
  private readonly ongoing = {
    metrics: new Metrics(),
    events: new EventStreams(),
  };
  private readonly apps: FastifyInstance[] = [];
  private removeSocket: (() => void) | null = null;
  private lock: StateLock | null = null;
  private store: Store | null = null;
  private ending: Promise<void> | null = null;

  private constructor(private readonly options: StartOptions) {}

  /**
   * Listens, and gets ready thereafter: see {@link Readiness}.
   *
   * @throws {Error} only if it cannot listen.
   */
  static async start(options: StartOptions): Promise<Service> {
    const service = new Service(options);
    const log = await service.listen();
    void service.prepare(log);
    return service;
  }

  /** Ends everything; whoever asks meanwhile gets no answer. */
  stop(): Promise<void> {
    this.ending ??= this.end();
    return this.ending;
  }

  private async end(): Promise<void> {
    this.removeSocket?.();
    await Promise.all(this.apps.map((app) => app.close()));
    if (this.readiness.isReady) {
      await this.readiness.parts.catalogue.close();
    }
    await this.store?.close();
    this.lock?.release();
  }

  private async listen(): Promise<FastifyBaseLogger> {
    const { env, log } = this.options;
    const { http, prefix, socket } = readListening(env);
    const pages = await publicApp(this.readiness, prefix, log, this.ongoing);
    this.apps.push(pages);
    if (http) {
      await listenOnPort(pages, http.host, http.port);
    }
    if (socket !== null) {
      const internal = internalApp(this.readiness, log, () =>
        examineService(env, this.readiness.problems),
      );
      this.apps.push(internal);
      this.removeSocket = await listenOnSocket(internal, socket);
    }
    return pages.log;
  }

  private async prepare(log: FastifyBaseLogger): Promise<void> {
    const { env, uid } = this.options;
    const fail = (problem: string) => {
      this.readiness.fail(problem);
      log.error(problem);
    };
    const hub = readHubConnection(env);
    const site = readSiteConfig(env);
    if (uid === 0) {
      fail(
        'Beamtime’s service runs as root and therefore does nothing: every fault in it would be the whole machine’s. Give it an account of its own, by service_user in beamtime_hub.configure, and restart the hub.',
      );
    } else if (!hub.ok) {
      fail(hub.problem);
    } else if (!site.ok) {
      fail(site.problem);
    } else {
      try {
        await this.takeState(site.value, fail);
        await this.open(hub.value, site.value, fail, log);
      } catch (error) {
        fail(
          `Beamtime’s data in ${site.value.stateDir} cannot be used: ${messageOf(error)}. Mend it and restart the hub.`,
        );
      }
    }
  }

  /** Waits for a process before us to let go: a killed hub's service takes a moment to notice. */
  private async takeState(
    { stateDir }: SiteConfig,
    fail: (problem: string) => void,
  ): Promise<void> {
    const patientUntil = Date.now() + LOCK_PATIENCE_MS;
    let told = false;
    while (this.ending === null && (this.lock = tryLock(stateDir)) === null) {
      if (!told && Date.now() > patientUntil) {
        told = true;
        fail(
          `Another Beamtime service is using ${join(stateDir, 'beamtime.sqlite')}. End it, or give this hub a state folder of its own; this one goes on as soon as the other ends.`,
        );
      }
      await pause(250);
    }
  }

  private async open(
    hub: HubConnection,
    site: SiteConfig,
    fail: (problem: string) => void,
    log: FastifyBaseLogger,
  ): Promise<void> {
    if (this.ending !== null) {
      return;
    }
    const { prefix } = readListening(this.options.env);
    const store = await openStore(site.stateDir, site.database, (problem) => {
      // A service that is ready goes on without: only some answers need the database.
      if (problem !== null && !this.readiness.isReady) {
        fail(problem);
      }
    });
    this.store = store;
    await store.ready;
    this.readiness.succeed(
      await assemble(hub, site, prefix, store, { ...this.ongoing, log }),
    );
  }
}
