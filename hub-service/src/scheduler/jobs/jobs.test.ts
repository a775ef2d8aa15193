import { Budget } from './budget.js';
import type { Job } from './job.js';
import { Jobs } from './jobs.js';
import { parseJobs, readJobs } from './squeue.js';

const RUNS: Job = {
  state: 'RUNNING',
  reason: 'None',
  start: '2026-11-21T12:00:00.000Z',
  end: null,
  node: 'cpu01',
};

/** A Slurm that gives the answers it was told to give, at a time that tests set. */
class FakeSlurm {
  clock = 1_000;
  asked: string[][] = [];
  answer = (): Promise<Map<string, Job>> =>
    Promise.resolve(new Map([['7', RUNS]]));
  readonly jobs = new Jobs(
    (ids) => {
      this.asked.push([...ids]);
      return this.answer();
    },
    () => this.clock,
  );

  ask(...ids: string[]) {
    return this.jobs.ask({ ids, fresh: false });
  }
}

test('asks once for all, and says which jobs Slurm does not know', async () => {
  const slurm = new FakeSlurm();
  await Promise.all([slurm.ask('7'), slurm.ask('8')]);
  slurm.clock += 6_000;
  await slurm.ask('7', '8');
  expect(slurm.asked.at(-1)).toEqual(['7', '8']);
  expect(await slurm.ask('7', '8')).toEqual({
    asOf: new Date(7_000).toISOString(),
    jobs: { 7: RUNS, 8: null },
  });
});

test('who asks when a question is due hears its answer', async () => {
  const slurm = new FakeSlurm();
  await slurm.ask('7');
  slurm.clock += 6_000;
  slurm.answer = () => Promise.resolve(new Map<string, Job>());
  expect((await slurm.ask('7')).jobs).toEqual({ 7: null });
});

test('says nothing of a job that was not in the question', async () => {
  const slurm = new FakeSlurm();
  for (const id of ['7', '8', '9']) {
    await slurm.ask(id);
    slurm.clock += 1_000;
  }
  slurm.answer = () => Promise.resolve(new Map<string, Job>());
  // Three early questions would be one too many in this minute.
  expect((await slurm.ask('10')).jobs).toEqual({});
  slurm.clock += 6_000;
  await slurm.ask('10');
  expect((await slurm.ask('10')).jobs).toEqual({ 10: null });
});

test('keeps the old answer while Slurm is away, and says why', async () => {
  const slurm = new FakeSlurm();
  await slurm.ask('7');
  slurm.clock += 6_000;
  slurm.answer = () => Promise.reject(new Error('Slurm is away.'));
  await slurm.ask('7');
  const meanwhile = await slurm.ask('7');
  expect(meanwhile).toMatchObject({
    asOf: new Date(1_000).toISOString(),
    problem: 'Slurm is away.',
    jobs: { 7: RUNS },
  });
});

test('takes no failure for an end', async () => {
  const slurm = new FakeSlurm();
  slurm.answer = () => Promise.reject(new Error('Slurm is away.'));
  expect(await slurm.ask('7')).toEqual({
    asOf: null,
    problem: 'Slurm is away.',
    jobs: {},
  });
});

test('asks at most twelve times in any minute, and every six seconds at the least', () => {
  const budget = new Budget();
  const taken: number[] = [];
  for (let now = 0; now < 300_000; now += 100) {
    if (budget.take(now, now % 700 === 0)) {
      taken.push(now);
    }
  }
  for (const at of taken) {
    const inMinute = taken.filter(
      (other) => other >= at && other < at + 60_000,
    );
    expect(inMinute.length).toBeLessThanOrEqual(12);
  }
  const gaps = taken.slice(1).map((at, index) => at - (taken[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(6_100);
  expect(Math.min(...gaps)).toBeLessThan(2_000);
});

test('reads what squeue prints', () => {
  const text = [
    '7|RUNNING|1795262400|1795266000|cpu01|None',
    '8|PENDING|N/A|N/A|n/a|ReqNodeNotAvail, UnavailableNodes:a|b',
    'slurm_load_jobs warning',
    '',
  ].join('\n');
  expect(parseJobs(text)).toEqual(
    new Map([
      [
        '7',
        {
          state: 'RUNNING',
          reason: 'None',
          start: '2026-11-21T12:00:00.000Z',
          end: '2026-11-21T13:00:00.000Z',
          node: 'cpu01',
        },
      ],
      [
        '8',
        {
          state: 'PENDING',
          reason: 'ReqNodeNotAvail, UnavailableNodes:a|b',
          start: null,
          end: null,
          node: '',
        },
      ],
    ]),
  );
});

test('one job that Slurm has forgotten is no failure', async () => {
  const gone = () =>
    Promise.reject(
      new Error('Slurm does not answer. It says: … Invalid job id specified.'),
    );
  expect(await readJobs(['7'], gone)).toEqual(new Map());
  const away = () => Promise.reject(new Error('Slurm does not answer.'));
  await expect(readJobs(['7'], away)).rejects.toThrow('does not answer');
});
