import { count, formatMemory, parseMemoryMiB } from '@beamtime/contract';
import type { Job, JobsAnswer, JobsQuery } from '../scheduler/jobs/job.js';
import type { Asked, HubServer, HubServers } from './hub-servers.js';

/** A session that runs, is being started or stopped, as its owner is told of it. */
export interface RunningSession {
  /** Empty for the default one. */
  name: string;
  /** What its owner calls it; empty without a name. */
  title: string;
  state: 'running' | 'starting' | 'stopping';
  /** Where it is for a browser, `/` at the end: a path or, with subdomains, a URL. */
  url: string;
  /** Keys of the experiments that it was started with. */
  experiments: readonly string[];
  /** What it was given: `8 cores, 64 GB on cpu`; empty if not known. */
  machine: string;
  /** When it was there, ISO 8601; `null` before. */
  started: string | null;
  /** When it ends at the latest, ISO 8601; `null` if not known. */
  ends: string | null;
  /** While it waits in the queue: Slurm's reason, and when it is expected to start. */
  waits: { reason: string; expected: string | null } | null;
}

/** How many named sessions there may be; `limit: null` for any number, or not known. */
export type NamedSessions = { limit: number | null } | null;

/** What a person has, and what more they may have. */
export interface OwnSessions {
  sessions: RunningSession[];
  /** How many are in use, of how many; `null` where there is no limit. */
  inUse: number;
  most: number | null;
  /** Name for one more: empty for the default one; `null` if there may be no more. */
  nextName: (wish: string) => string | null;
}

/** Tells a person what sessions they have. */
export class Running {
  /** @param jobs - what Slurm says of jobs; `null` where sessions are no jobs. */
  constructor(
    private readonly servers: Pick<HubServers, 'of'>,
    private readonly jobs: {
      ask: (query: JobsQuery) => Promise<JobsAnswer>;
    } | null,
    private readonly named: NamedSessions,
  ) {}

  /** @throws {Refusal} `unavailable` if the hub does not answer. */
  async of(name: string): Promise<OwnSessions> {
    const servers = await this.servers.of(name);
    const active = servers.filter(
      ({ ready, pending }) => ready || pending !== null,
    );
    const jobs = await this.jobsOf(active);
    const sessions = active
      .map((server) => toSession(server, jobs[server.state?.job_id ?? '']))
      .sort((a, b) => a.name.localeCompare(b.name));
    const names = servers.filter((server) => server.name !== '');
    const isDefaultFree = !sessions.some((session) => session.name === '');
    return {
      sessions,
      inUse: names.length + (isDefaultFree ? 0 : 1),
      most: this.most,
      nextName: (wish) =>
        isDefaultFree ? '' : this.freeName(wish, names, active),
    };
  }

  private get most(): number | null {
    return this.named === null
      ? 1
      : this.named.limit === null
        ? null
        : this.named.limit + 1;
  }

  /** One that is stopped can be started anew, and has to be where no more may be made. */
  private freeName(
    wish: string,
    names: readonly HubServer[],
    active: readonly HubServer[],
  ): string | null {
    if (this.named === null) {
      return null;
    }
    const { limit } = this.named;
    if (limit !== null && names.length >= limit) {
      return names.find((server) => !active.includes(server))?.name ?? null;
    }
    let free = wish;
    for (let n = 2; names.some((server) => server.name === free); n++) {
      free = `${wish}-${n}`;
    }
    return free;
  }

  private async jobsOf(
    servers: readonly HubServer[],
  ): Promise<JobsAnswer['jobs']> {
    const ids = servers
      .map(({ state }) => state?.job_id ?? '')
      .filter((id) => /^[0-9]{1,12}$/.test(id));
    return this.jobs === null || ids.length === 0
      ? {}
      : (await this.jobs.ask({ ids, fresh: false })).jobs;
  }
}

function toSession(
  {
    name,
    display_name,
    ready,
    pending,
    started,
    user_options,
    ...server
  }: HubServer,
  job: Job | null | undefined,
): RunningSession {
  const isWaiting = job != null && job.state === 'PENDING';
  return {
    name,
    title: display_name ?? name,
    state: pending === 'stop' ? 'stopping' : ready ? 'running' : 'starting',
    url: server.full_url ?? server.url,
    experiments: user_options.experiments,
    machine: machineOf(user_options),
    started,
    ends: job != null && ready ? job.end : null,
    waits: isWaiting ? { reason: job.reason, expected: job.start } : null,
  };
}

function machineOf({
  nprocs,
  memory,
  ngpus = 0,
  gpu_type: type = '',
  partition,
}: Asked): string {
  if (nprocs === undefined || partition === undefined) {
    return '';
  }
  const mebibytes = parseMemoryMiB(memory ?? '') ?? 0;
  const parts = [
    count(nprocs, 'core'),
    ...(mebibytes > 0 ? [formatMemory(mebibytes)] : []),
    ...(ngpus > 0 ? [count(ngpus, `${type} GPU`.trim())] : []),
  ];
  return `${parts.join(', ')} on ${partition}`;
}
