import type { Hub } from '../../facility/hub.ts';
import type { Slurm } from '../../facility/slurm.ts';
import { atBoth } from '../both.ts';
import type { Contender } from '../case.ts';
import { type Answer, Visitor } from '../visitor.ts';
import { oursFields, peerFields, type Wish } from '../wishes.ts';

const SMALL = {
  partition: 'cpu',
  nprocs: 1,
  runtime: '1:00:00',
  memory: '100M',
} as const;

const REFUSED: readonly Wish[] = [
  { ...SMALL, memory: '9000G' },
  { ...SMALL, options: '--no-such-option=1' },
  { ...SMALL, reservation: 'no-such-reservation' },
  { ...SMALL, constraint: 'no-such-feature' },
  // alice is not of the group that the partition is for.
  { ...SMALL, partition: 'beam' },
];

const SPAWN = 'hub/spawn';

/** A `500` whose page says no more than that. */
function isBare({ status, text }: Answer): boolean {
  return status === 500 && text.includes('500 : Internal Server Error');
}

/** The page on which the person ends. */
async function outcome(
  alice: Visitor,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  await alice.get(SPAWN);
  const answer = await alice.post(SPAWN, fields);
  if (answer.status !== 302) {
    return answer;
  }
  // The start is under way: its progress ends when it has failed, and the page is loaded again.
  const { text } = await alice.get(
    `hub/api/users/${alice.name}/server/progress`,
  );
  if (text.includes('"ready": true')) {
    await alice.stopServer();
    throw new Error(`A session was started with ${JSON.stringify(fields)}.`);
  }
  return alice.get(`hub/spawn-pending/${alice.name}`);
}

async function refusedAt(
  hub: Hub,
  fields: (wish: Wish) => Record<string, string>,
): Promise<Contender> {
  const alice = await Visitor.signIn(hub, 'alice');
  return {
    async measure() {
      let bare = 0;
      for (const wish of REFUSED) {
        bare += Number(isBare(await outcome(alice, fields(wish))));
      }
      return bare;
    },
  };
}

async function withoutSlurm(
  hub: Hub,
  slurm: Slurm,
  fields: (wish: Wish) => Record<string, string>,
): Promise<Contender> {
  const alice = await Visitor.signIn(hub, 'alice');
  await alice.get(SPAWN); // Beamtime shows what it knew last.
  return {
    async measure() {
      await slurm.stopController();
      try {
        const form = await alice.get(SPAWN);
        const start = await outcome(alice, fields(SMALL));
        return Number(isBare(form)) + Number(isBare(start));
      } finally {
        await slurm.startController();
      }
    },
  };
}

const ABOUT =
  'What a person is shown when a session cannot be had: how many wishes end on a bare “500 : Internal Server Error”, which names neither the cause nor a way out. The five ask for too much memory, an unknown option, an unknown reservation, an unknown feature, and a partition of another group; each is posted by the fields of the form itself and followed to the last page, as a browser does. While Slurm’s controller is stopped, the pages are the form and the start of a session.';

export default atBoth(ABOUT, {}, async ({ ours, peer, slurm }) => [
  {
    name: 'bare 500s, of 5 wishes that Slurm refuses',
    unit: '',
    better: 'less',
    ours: await refusedAt(ours, oursFields),
    peer: await refusedAt(peer, peerFields),
  },
  {
    name: 'bare 500s, of 2 pages while slurmctld is away',
    unit: '',
    better: 'less',
    ours: await withoutSlurm(ours, slurm, oursFields),
    peer: await withoutSlurm(peer, slurm, peerFields),
  },
]);
