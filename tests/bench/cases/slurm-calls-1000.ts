import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { binary, inCheckout } from '../../../scripts/shared/paths.mjs';
import { run, tryRun } from '../../../scripts/shared/run.mjs';
import type { Hub } from '../../facility/hub.ts';
import { Program } from '../../facility/program.ts';
import { atBoth } from '../both.ts';
import type { Contender } from '../case.ts';
import {
  type Calls,
  callsSoFar,
  countCommands,
  forgetCalls,
} from '../counted/commands.ts';
import { Visitor } from '../visitor.ts';

const SESSIONS = 1000;
/** How often the form is opened meanwhile. */
const FORMS = 30;

/** Gives the numbers of the jobs. */
async function fillCluster(): Promise<string[]> {
  const submit =
    'sbatch --parsable --partition=cpu,bigmem,gpu --ntasks=1 --mem=10M --time=20:00 --output=/dev/null --wrap="exec sleep 1200"';
  const numbers = await run('runuser', [
    ...['-u', 'alice', '--', 'bash', '-c'],
    `cd && for _ in {1..${String(SESSIONS)}}; do ${submit}; done`,
  ]);
  return numbers.trim().split('\n');
}

interface Side {
  hub: Hub;
  python: string;
  spawner: string;
  /** Traits of the spawners by section. */
  config: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

async function aMinute(
  { hub, python, spawner, config }: Side,
  jobs: readonly string[],
): Promise<Calls> {
  const ada = await Visitor.signIn(hub, 'ada');
  await ada.get('hub/spawn');
  const settings = { spawner, config, jobs, user: 'alice' };
  const sessions = new Program(
    'The sessions',
    [
      python,
      inCheckout('tests/bench/counted/poll_sessions.py'),
      JSON.stringify(settings),
    ],
    {
      logFile: path.join(hub.settings.state, `polls-${String(Date.now())}.log`),
    },
  );
  const over = new AbortController();
  const forms = openForms(ada, over.signal);
  try {
    await sessions.until(async () => (await sessions.tail()) !== '', 60);
    await forgetCalls();
    await sleep(60_000);
    const calls = await callsSoFar();
    const said = await sessions.tail();
    if (!sessions.running || said.trim() !== 'ready') {
      throw new Error(
        `The sessions were not polled as they should be: ${said}`,
      );
    }
    return calls;
  } finally {
    over.abort();
    await sessions.stop(5);
    await forms;
  }
}

async function openForms(visitor: Visitor, until: AbortSignal) {
  while (!until.aborted) {
    await visitor.get('hub/spawn');
    await sleep(60_000 / FORMS, undefined, { signal: until }).catch(
      () => undefined,
    );
  }
}

/** One minute gives all figures: it is measured for the first, and kept for the others. */
function figuresOf(
  side: Side,
  jobs: readonly string[],
  figures: readonly ((calls: Calls) => number)[],
): Contender[] {
  const minutes: Calls[] = [];
  return figures.map((figure, index) => {
    let next = 0;
    return {
      async measure() {
        if (index === 0) {
          minutes.push(await aMinute(side, jobs));
        }
        const calls = minutes[next++];
        if (!calls) {
          throw new Error('So many minutes were not watched.');
        }
        return figure(calls);
      },
    };
  });
}

const FIGURES = [
  {
    name: 'squeue calls a minute at 1,000 jobs',
    unit: '',
    of: ({ count }: Calls) => count.squeue,
  },
  {
    name: 'sinfo, scontrol and sacct calls a minute at 1,000 jobs',
    unit: '',
    of: ({ count }: Calls) => count.sinfo + count.scontrol + count.sacct,
  },
  {
    name: 'CPU of these commands a minute at 1,000 jobs',
    unit: 's',
    of: ({ cpuSeconds }: Calls) => cpuSeconds,
  },
] as const;

const ABOUT =
  'What 1,000 sessions ask of Slurm in a minute. The cluster holds 1,000 jobs of one account, about 200 running (as many as its nominal cores allow) and the others pending. Real at both hubs: Slurm and its commands, the hub with its form (opened 30 times a minute meanwhile), our service, and 1,000 spawners of the hub’s own class, each with a job and polled as a hub does it, at its default of 30 s. Simulated: the spawners live in a process of their own, without hub, users and JupyterLabs. Every call of squeue, sinfo, scontrol and sacct is counted by a script in front of it; CPU time is that of the commands alone. Where the machine is too slow for 2,000 calls a minute, the peer makes as many as it can.';

export default atBoth(
  ABOUT,
  async () => {
    await countCommands();
    return {};
  },
  async ({ ours, peer, atEnd }) => {
    const jobs = await fillCluster();
    atEnd.push(async () => {
      await tryRun('scancel', ['--user', 'alice']);
    });
    const asUser = { exec_prefix: 'runuser -u {username} --' };
    const measures = FIGURES.map(({ of }) => of);
    const our = figuresOf(
      {
        hub: ours,
        python: binary('hub', 'python'),
        spawner: 'beamtime_hub:BeamtimeSlurmSpawner',
        config: {
          BatchSpawnerBase: asUser,
          BeamtimeSpawner: {
            service_socket: `${ours.settings.state}/service/service.sock`,
          },
        },
      },
      jobs,
      measures,
    );
    const their = figuresOf(
      {
        hub: peer,
        python: binary('peer-hub', 'python'),
        spawner: 'jupyterhub_moss:MOSlurmSpawner',
        config: { BatchSpawnerBase: asUser },
      },
      jobs,
      measures,
    );
    return FIGURES.map(({ name, unit }, index) => ({
      name,
      unit,
      better: 'less' as const,
      ours: our[index] as Contender,
      peer: their[index] as Contender,
    }));
  },
);
