import { SiteConfig } from '../config.js';
import { siteConfig } from '../testing/facility.js';
import { lookAtSlurm } from './slurm.js';

const SITE = SiteConfig.parse({
  ...siteConfig('/x'),
  scheduler: { kind: 'slurm' },
  policy: {
    ...siteConfig('/x').policy,
    partitions: { cpu: { title: 'Everyday' } },
  },
});

/** A Slurm without faults, as 22.05 on Debian 12 answers. */
const WELL: Readonly<Record<string, string>> = {
  'scontrol show config': `Configuration data as of 2026-11-21T20:00:00
AccountingStorageType   = accounting_storage/slurmdbd
PrivateData             = none
SLURM_VERSION           = 22.05.8
`,
  'sinfo --version': 'slurm-wlm 22.05.8\n',
  'sinfo -h -a -o %R': 'cpu\ngpu\n',
  'squeue -h -a -t all -o %A': '12\n13\n',
  'sacctmgr -n -P list qos format=name': 'normal\n',
};

async function found(more: Readonly<Record<string, string | Error>> = {}) {
  const answers = {
    ...more,
    ...Object.fromEntries(
      Object.entries(WELL).filter(
        ([known]) =>
          !Object.keys(more).some((other) => known.startsWith(other)),
      ),
    ),
  };
  const findings = await lookAtSlurm(SITE, (command, args) => {
    const asked = [command, ...args].join(' ');
    const answer = Object.entries(answers).find(([known]) =>
      asked.startsWith(known),
    )?.[1];
    return answer === undefined || answer instanceof Error
      ? Promise.reject(answer ?? new Error(`not known: ${asked}`))
      : Promise.resolve(answer);
  });
  return findings.map(({ level, says, todo }) => `${level} ${says} ${todo}`);
}

test('a Slurm that is well', async () => {
  expect(await found()).toEqual([
    'ok Slurm 22.05.8 answers. ',
    'ok sinfo answers: 2 partitions. ',
    'ok squeue answers: 2 jobs. ',
    'ok sacctmgr answers: 1 QOS. ',
  ]);
});

const config = (line: string) => {
  const [name = ''] = line.split(/\s/);
  const text = WELL['scontrol show config'] ?? '';
  return {
    'scontrol show config': text.replace(new RegExp(`^${name} .*`, 'm'), line),
  };
};
const away = new Error('Slurm does not answer. It says: Connection refused.');

test.each<[string, Readonly<Record<string, string | Error>>, RegExp]>([
  ['away', { 'scontrol show config': away }, /^wrong .*refused.*slurmctld/],
  [
    'of another version than its commands',
    { 'sinfo --version': 'slurm 23.11.4\n' },
    /^advice The controller is Slurm 22\.05\.8, .* 23\.11\.4/,
  ],
  [
    'without a partition that is configured',
    { 'sinfo -h -a -o %R': 'gpu\n' },
    /^wrong configure names a partition cpu.* there are: gpu/,
  ],
  [
    'that does not show its jobs',
    { 'squeue -h': new Error('Access denied') },
    /^wrong squeue does not answer the service: Access denied/,
  ],
  [
    'that keeps jobs private',
    {
      ...config('PrivateData = jobs,users'),
      'sacctmgr -n -P show user': 'None\n',
    },
    /^advice Jobs are private .*adminlevel=operator/,
  ],
  [
    'that keeps jobs private, but not from the service',
    {
      ...config('PrivateData = jobs,users'),
      'sacctmgr -n -P show user': 'Operator\n',
    },
    /^ok Jobs are private here, and/,
  ],
  [
    'whose slurmdbd is away',
    { 'sacctmgr -n -P list qos': new Error('Connection refused') },
    /^wrong sacctmgr does not answer: Connection refused.*slurmdbd/,
  ],
  [
    'without accounting',
    config('AccountingStorageType = accounting_storage/none'),
    /^ok There is no accounting/,
  ],
])('a Slurm %s', async (_, more, words) => {
  expect(await found(more)).toContainEqual(expect.stringMatching(words));
});
