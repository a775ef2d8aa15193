import { setTimeout as sleep } from 'node:timers/promises';
import type { Hub } from '../../facility/hub.ts';
import { atBoth } from '../both.ts';
import type { Contender } from '../case.ts';
import { quantile } from '../figures.ts';
import { installStandIn } from '../stand-in/install.ts';
import { Visitor } from '../visitor.ts';
import { oursFields, peerFields, type Wish } from '../wishes.ts';

const PEOPLE = Array.from(
  { length: 60 },
  (_, index) => `bench${String(index + 1).padStart(2, '0')}`,
);

const TINY: Wish = {
  partition: 'cpu',
  nprocs: 1,
  runtime: '0:30:00',
  memory: '100M',
};

async function start(
  person: Visitor,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const { status } = await person.post('hub/spawn', fields);
  const { text } = await person.get(
    `hub/api/users/${person.name}/server/progress`,
  );
  if (!text.includes('"ready": true')) {
    throw new Error(
      `No session for ${person.name} (${String(status)}): ${text}`,
    );
  }
}

/** Asks the hub again and again; gives how long each answer took, in ms. */
async function watchHub(person: Visitor, until: AbortSignal) {
  const asked: Promise<number>[] = [];
  const ask = async () => {
    const since = performance.now();
    await person.get('hub/api/user');
    return performance.now() - since;
  };
  while (!until.aborted) {
    asked.push(ask());
    await sleep(50);
  }
  return Promise.all(asked);
}

/** Both figures of one rush, since they belong together: the second is kept until it is asked for. */
async function rush(
  hub: Hub,
  fields: Readonly<Record<string, string>>,
): Promise<{ ready: Contender; answers: Contender }> {
  const people: Visitor[] = [];
  for (const name of PEOPLE) {
    people.push(await Visitor.signIn(hub, name));
  }
  const observer = await Visitor.signIn(hub, 'ada');
  const p99: number[] = [];
  return {
    ready: {
      async measure() {
        const over = new AbortController();
        const watch = watchHub(observer, over.signal);
        const since = performance.now();
        const starts = await Promise.allSettled(
          people.map((person) => start(person, fields)),
        );
        const seconds = (performance.now() - since) / 1000;
        over.abort();
        p99.push(quantile(await watch, 0.99));
        await Promise.all(people.map((person) => person.stopServer()));
        const failed = starts.find(({ status }) => status === 'rejected');
        if (failed?.status === 'rejected') {
          throw failed.reason;
        }
        return seconds;
      },
    },
    answers: {
      measure() {
        const value = p99.shift();
        if (value === undefined) {
          throw new Error('The hub was not watched as often as that.');
        }
        return Promise.resolve(value);
      },
    },
  };
}

const ABOUT =
  'Sixty people start a tiny session (1 core, 100 MB) at the same moment; measured are the seconds until the last of them is ready, and how long GET /hub/api/user takes for somebody else, who asks 20 times a second meanwhile. Sixty JupyterLabs do not fit on one machine: at both hubs the jobs run a stand-in that reports its port, answers, and does nothing else. Form, hub, sbatch and job are real.';

export default atBoth(
  ABOUT,
  async () => ({ users: PEOPLE, labBin: await installStandIn() }),
  async ({ ours, peer }) => {
    const our = await rush(ours, oursFields(TINY));
    const their = await rush(peer, peerFields(TINY));
    return [
      {
        name: '60 sessions at once: all ready',
        unit: 's',
        better: 'less',
        ours: our.ready,
        peer: their.ready,
      },
      {
        name: '60 sessions at once: p99 of the hub’s API meanwhile',
        unit: 'ms',
        better: 'less',
        ours: our.answers,
        peer: their.answers,
      },
    ];
  },
);
