import type { JobsAnswer } from '../scheduler/jobs/job.js';
import type { HubServer } from './hub-servers.js';
import { type NamedSessions, Running } from './running.js';

function server(name: string, more: Partial<HubServer> = {}): HubServer {
  return {
    name,
    display_name: null,
    ready: true,
    pending: null,
    stopped: false,
    started: '2026-11-21T08:00:00Z',
    url: `/user/mia/${name}`,
    full_url: null,
    user_options: { experiments: [] },
    state: undefined,
    ...more,
  };
}
const stopped = { ready: false, stopped: true, started: null };

function of(
  servers: HubServer[],
  named: NamedSessions = null,
  jobs: JobsAnswer['jobs'] = {},
) {
  const running = new Running(
    { of: () => Promise.resolve(servers) },
    { ask: () => Promise.resolve({ asOf: null, jobs }) },
    named,
  );
  return running.of('mia');
}

test('tells of each session what its owner wants to know', async () => {
  const { sessions } = await of(
    [
      server('', {
        state: { job_id: '7' },
        user_options: {
          experiments: ['icat:7'],
          partition: 'gpu',
          nprocs: 8,
          memory: '64G',
          ngpus: 1,
          gpu_type: 'a100',
        },
      }),
      server('later', {
        display_name: 'Marble pores',
        ready: false,
        pending: 'spawn',
        started: null,
        state: { job_id: '8' },
      }),
      server('old', stopped),
    ],
    { limit: null },
    {
      7: {
        state: 'RUNNING',
        reason: 'None',
        start: '2026-11-21T08:00:00Z',
        end: '2026-11-21T12:00:00Z',
        node: 'gpu01',
      },
      8: {
        state: 'PENDING',
        reason: 'Resources',
        start: '2026-11-21T17:30:00Z',
        end: null,
        node: '',
      },
    },
  );
  expect(sessions).toMatchObject([
    {
      state: 'running',
      machine: '8 cores, 64 GB, 1 a100 GPU on gpu',
      experiments: ['icat:7'],
      ends: '2026-11-21T12:00:00Z',
      waits: null,
    },
    {
      state: 'starting',
      title: 'Marble pores',
      machine: '',
      waits: { reason: 'Resources', expected: '2026-11-21T17:30:00Z' },
    },
  ]);
});

test.each<[string, HubServer[], NamedSessions, string | null, number | null]>([
  ['nothing runs', [], null, '', 1],
  ['the one session runs', [server('')], null, null, 1],
  ['any number', [server(''), server('a')], { limit: null }, 'a-2', null],
  ['one more', [server(''), server('b')], { limit: 2 }, 'a', 3],
  [
    'a stopped one has to do',
    [server(''), server('b', stopped), server('c')],
    { limit: 2 },
    'b',
    3,
  ],
  ['all in use', [server(''), server('b')], { limit: 1 }, null, 2],
])(
  'the name of the next session, if %s',
  async (_, servers, named, name, most) => {
    const own = await of(servers, named);
    expect(own.nextName('a')).toBe(name);
    expect(own.most).toBe(most);
    expect(own.inUse).toBe(servers.length);
  },
);
