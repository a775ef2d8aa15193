import { setTimeout as sleep } from 'node:timers/promises';
import { Facility, USERS } from '../../facility/facility.ts';
import { freePorts } from '../../facility/ports.ts';
import type { Case, Contender } from '../case.ts';
import { quantile } from '../figures.ts';
import { counted } from '../service/counted.ts';
import { load } from '../service/load.ts';
import { Streams } from '../service/streams.ts';
import { Visitor } from '../visitor.ts';

const STREAMS = 2_000;
const PER_SECOND = 200;
/** Longer than the service's heartbeat, so that each stream has had one meanwhile. */
const SECONDS = 35;

/** What the panel in JupyterLab asks for, in turn. */
const PATHS = [
  'api/v1/experiments?limit=50',
  'api/v1/experiments?text=s&limit=50',
  'api/v1/experiments?text=steel',
  'api/v1/experiments?scope=mine&sort=title',
  'api/v1/filters',
  'api/v1/bookmarks',
  'api/v1/me',
];

/** Besides the people of the facility; the service lets a person have 50 streams. */
const PEOPLE = [
  ...USERS,
  ...Array.from({ length: 40 }, (_, index) => `load${index + 1}`),
];

interface Round {
  p95: number;
  mebibytes: number;
  /** Of one core. */
  servicePercent: number;
  generatorPercent: number;
}

async function round(
  base: URL,
  tokens: readonly string[],
  admin: string,
  streams: Streams,
): Promise<Round> {
  streams.forgetBeats();
  const before = await counted(base, admin);
  const cpu = process.cpuUsage();
  const began = performance.now();
  let mebibytes = before.mebibytes;
  const done = new AbortController();
  const watching = (async () => {
    while (!done.signal.aborted) {
      mebibytes = Math.max(mebibytes, (await counted(base, admin)).mebibytes);
      await sleep(1_000);
    }
  })();
  const { latencies, errors } = await load(base, PATHS, tokens, {
    perSecond: PER_SECOND,
    seconds: SECONDS,
  });
  done.abort();
  await watching;
  const { open, beaten } = streams.state;
  if (errors.length > 0 || open < STREAMS || beaten < STREAMS) {
    throw new Error(
      `${errors.length} requests failed (${errors[0] ?? 'none'}); of ${STREAMS} streams ${open} are open and ${beaten} had a heartbeat.`,
    );
  }
  const { user, system } = process.cpuUsage(cpu);
  const wall = performance.now() - began;
  const after = await counted(base, admin);
  return {
    p95: quantile(latencies, 0.95),
    mebibytes: Math.max(mebibytes, after.mebibytes),
    servicePercent: ((after.cpuSeconds - before.cpuSeconds) * 100_000) / wall,
    generatorPercent: ((user + system) * 100) / 1000 / wall,
  };
}

/** One round gives all figures: each variant reads its own of the same rounds. */
function sharing(run: () => Promise<Round>) {
  const rounds: Promise<Round>[] = [];
  return (pick: (result: Round) => number): Contender => {
    let nth = 0;
    return {
      async measure() {
        const result = (rounds[nth] ??= run());
        nth += 1;
        return pick(await result);
      },
    };
  };
}

const serviceLoad: Case = {
  about:
    '2,000 idle event streams and 200 requests a second on seven routes of the service, together, through the hub’s configurable-http-proxy: hub, proxy, service with its embedded catalogue and the load generator share this machine. Latency counts from when a request was due. Any failed request, lost stream or missing heartbeat ends the case. The processor time of the generator is its own share of one core; goals are p95 ≤ 50 ms and memory ≤ 200 MiB.',
  async open() {
    const [port = 0] = await freePorts(1);
    const facility = await Facility.start({
      name: 'bench-service',
      port,
      fresh: true,
      users: PEOPLE,
    });
    const { hub } = facility;
    const base = new URL('services/beamtime/', hub.url);
    const tokens: string[] = [];
    for (const name of PEOPLE) {
      const person = await Visitor.signIn(hub, name);
      tokens.push(await person.token([`custom:beamtime:api!server=${name}/`]));
    }
    const ada = await Visitor.signIn(hub, 'ada');
    const admin = await ada.token(['read:metrics']);
    const streams = await Streams.open(
      new URL('api/v1/events', base),
      tokens,
      STREAMS,
    );
    const figure = sharing(() => round(base, tokens, admin, streams));
    return {
      variants: [
        {
          name: 'p95',
          unit: 'ms',
          better: 'less',
          ours: figure(({ p95 }) => p95),
        },
        {
          name: 'memory',
          unit: 'MiB',
          better: 'less',
          ours: figure(({ mebibytes }) => mebibytes),
        },
        {
          name: 'processor time of the service',
          unit: '%',
          better: 'less',
          ours: figure(({ servicePercent }) => servicePercent),
        },
        {
          name: 'processor time of the generator',
          unit: '%',
          better: 'less',
          ours: figure(({ generatorPercent }) => generatorPercent),
        },
      ],
      async close() {
        streams.close();
        await facility.stop();
      },
    };
  },
};

export default serviceLoad;
