import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../../scripts/shared/run.mjs';
import type { Hub } from '../../facility/hub.ts';
import { atBoth } from '../both.ts';
import type { Contender } from '../case.ts';
import { quantile } from '../figures.ts';
import { installStandIn } from '../stand-in/install.ts';
import { Visitor } from '../visitor.ts';
import { oursFields, peerFields, type Wish } from '../wishes.ts';

const PEOPLE = Array.from(
  { length: 12 },
  (_, index) => `bench${String(index + 1).padStart(2, '0')}`,
);
/** The ends come at random within this time, so that no poll is in step with them. */
const SPREAD_MS = 120_000;
const PATIENCE_MS = 90_000;

const TINY: Wish = {
  partition: 'cpu',
  nprocs: 1,
  runtime: '0:30:00',
  memory: '100M',
};

async function isReady(person: Visitor): Promise<boolean> {
  const { text } = await person.get(`hub/api/users/${person.name}`);
  return text.includes('"ready": true');
}

async function start(
  person: Visitor,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await person.post('hub/spawn', fields);
  const { text } = await person.get(
    `hub/api/users/${person.name}/server/progress`,
  );
  if (!text.includes('"ready": true')) {
    throw new Error(`No session for ${person.name}: ${text}`);
  }
}

/** Ends the job behind the hub's back; gives the seconds until the hub knows, and tells it. */
async function end(person: Visitor, words: string | null): Promise<number> {
  await sleep(Math.random() * SPREAD_MS);
  // Slurm has changed the job's state when scancel returns.
  await run('scancel', ['--user', person.name]);
  const since = performance.now();
  while (await isReady(person)) {
    if (performance.now() - since > PATIENCE_MS) {
      throw new Error(`The hub never noticed the end for ${person.name}.`);
    }
    await sleep(200);
  }
  const seconds = (performance.now() - since) / 1000;
  if (words !== null) {
    const { text } = await person.get('hub/spawn');
    if (!text.includes(words)) {
      throw new Error(`${person.name} is not told why the session ended.`);
    }
  }
  return seconds;
}

/** One round gives both figures: it is run for the first, and kept for the second. */
async function round(
  hub: Hub,
  fields: Readonly<Record<string, string>>,
  words: string | null,
): Promise<{ median: Contender; worst: Contender }> {
  const people: Visitor[] = [];
  for (const name of PEOPLE) {
    people.push(await Visitor.signIn(hub, name));
  }
  const worst: number[] = [];
  return {
    median: {
      async measure() {
        await Promise.all(people.map((person) => start(person, fields)));
        const seconds = await Promise.all(
          people.map((person) => end(person, words)),
        );
        worst.push(Math.max(...seconds));
        return quantile(seconds, 0.5);
      },
    },
    worst: {
      measure() {
        const value = worst.shift();
        if (value === undefined) {
          throw new Error('So many rounds were not run.');
        }
        return Promise.resolve(value);
      },
    },
  };
}

const ABOUT =
  'Twelve people have a session; within two minutes the job of each is ended by scancel at a random moment. Measured are the seconds from Slurm’s own change of state (scancel has returned) until the hub says that the session is gone; at ours the form must then say why. At both hubs the jobs run a stand-in for JupyterLab that reports its port and answers; hub, sbatch, job and scancel are real, and the hubs poll at their defaults.';

export default atBoth(
  ABOUT,
  async () => ({ users: PEOPLE, labBin: await installStandIn() }),
  async ({ ours, peer }) => {
    const our = await round(ours, oursFields(TINY), 'was cancelled');
    const their = await round(peer, peerFields(TINY), null);
    return [
      {
        name: 'end of a session until the person is told: median of 12',
        unit: 's',
        better: 'less',
        runs: 1,
        ours: our.median,
        peer: their.median,
      },
      {
        name: 'end of a session until the person is told: worst of 12',
        unit: 's',
        better: 'less',
        runs: 1,
        ours: our.worst,
        peer: their.worst,
      },
    ];
  },
);
