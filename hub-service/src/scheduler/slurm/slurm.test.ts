import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkRequest, limitsOf } from '@beamtime/contract';
import { readGpus } from './gres.js';
import { readState } from './nodes.js';
import { readPartition } from './partitions.js';
import { readRecords } from './records.js';
import { readCluster, readSlurm } from './slurm.js';

/** What a Slurm 22.05 of eight nodes printed, with a drained one, a dead one and two jobs. */
const recorded = (name: string) =>
  readFileSync(path.join(__dirname, 'recorded', `${name}.txt`), 'utf8');
const { partitions } = readCluster({
  partitions: recorded('partitions'),
  nodes: recorded('nodes'),
  config: recorded('config'),
  reservations: '',
});
const partition = (name: string) => {
  const found = partitions.find((one) => one.name === name);
  if (!found) {
    throw new Error(`no partition ${name}`);
  }
  return found;
};

test('reads every partition with its limits', () => {
  expect(
    partitions.map(
      ({ name, state, maxMinutes, maxCpusPerNode, maxMemoryMiBPerNode }) => [
        name,
        state,
        maxMinutes,
        maxCpusPerNode,
        maxMemoryMiBPerNode,
      ],
    ),
  ).toEqual([
    ['cpu', 'up', 1440, null, null],
    ['gpu', 'up', 720, null, null],
    ['bigmem', 'up', 10080, null, null],
    ['short', 'up', 1, null, null],
    ['tiny', 'up', 30, 2, 2000],
    ['beam', 'up', 1440, null, null],
    ['closed', 'down', null, null, null],
  ]);
});

test('knows who may use a partition, and what memory a job gets', () => {
  expect(partition('beam').allowGroups).toEqual(['bob']);
  expect(partition('cpu').allowGroups).toBeNull();
  expect(partition('bigmem').defaultMemoryMiBPerCpu).toBe(8000);
  expect(partition('cpu').defaultMemoryMiBPerCpu).toBe(100);
});

test('tells idle, reserved, drained and dead nodes apart', () => {
  expect(
    partition('cpu').nodes.map(({ name, state, usable, idleCpus }) => [
      name,
      state,
      usable,
      idleCpus,
    ]),
  ).toEqual([
    ['cpu01', 'idle', true, 32],
    ['cpu02', 'idle', true, 32],
    ['cpu03', 'reserved', true, 0],
    ['cpu04', 'drained', false, 0],
    ['dead01', 'down', false, 0],
  ]);
});

test('counts what jobs have taken of CPUs and GPUs', () => {
  expect(partition('gpu').nodes).toMatchObject([
    {
      name: 'gpu01',
      state: 'mixed',
      cpus: 32,
      idleCpus: 24,
      memoryMiB: 256000,
      gpus: [{ type: 'a100', total: 2, idle: 0 }],
      features: ['a100'],
    },
    { name: 'gpu02', gpus: [{ type: 'v100', total: 4, idle: 4 }] },
  ]);
});

test('gives the rules what they need', () => {
  expect(limitsOf(partition('tiny'))).toMatchObject({ cpus: 2, minutes: 30 });
  const outcome = checkRequest(
    { partition: 'gpu', nprocs: 4, runtime: '1:00:00', ngpus: 3 },
    {
      cluster: { kind: 'slurm', asOf: '', partitions, reservations: [] },
      unixGroups: ['alice'],
    },
  );
  expect(outcome).toMatchObject({ ok: true, batch: { gres: 'gpu:3' } });
});

test.each([
  ['gpu:a100:2(S:0-1)', 'gpu:a100:1(IDX:0)', [['a100', 2, 1]]],
  ['gpu:2', 'gpu:(null):1(IDX:1)', [['', 2, 1]]],
  ['gpu', 'gpu:0', [['', 1, 1]]],
  [
    'gpu:1g.5gb:7(S:0),gpu:a100:1(S:1),nvme:1',
    'gpu:1g.5gb:3(IDX:0,2-3),gpu:a100:1(IDX:7)',
    [
      ['1g.5gb', 7, 4],
      ['a100', 1, 0],
    ],
  ],
  ['(null)', 'gpu:0', []],
  ['gpu:a100:no_consume:2', '', [['a100', 2, 2]]],
])('reads the GPUs %s of which %s are in use', (gres, used, expected) => {
  expect(
    readGpus(gres, used).map(({ type, total, idle }) => [type, total, idle]),
  ).toEqual(expected);
});

test.each([
  ['IDLE', 'idle', true, true],
  ['MIXED+PLANNED', 'mixed', true, true],
  ['IDLE+CLOUD+POWERED_DOWN', 'idle', true, true],
  ['IDLE~', 'idle', true, true],
  ['IDLE*', 'not responding', true, false],
  ['IDLE+MAINTENANCE+RESERVED', 'maint', true, false],
  ['ALLOCATED+DRAIN', 'draining', false, false],
  ['IDLE+DRAIN+INVALID_REG', 'drained', false, false],
  ['DOWN*+DRAIN', 'down', false, false],
  ['DOWN', 'down', false, false],
  ['SOMETHING_NEW', 'something_new', true, true],
])('takes the state %s as %s', (text, word, usable, free) => {
  expect(readState(text)).toEqual({ word, usable, free });
});

test('is not fooled by what somebody wrote as a reason', () => {
  const [record] = readRecords(
    'NodeName=n1 CPUTot=4 State=IDLE+DRAIN Reason=disk State=IDLE [root@x]\n',
  );
  expect(record?.get('State')).toBe('IDLE+DRAIN');
});

test('multiplies a limit of memory by the CPU, and leaves out what only root may use', () => {
  const node = {
    name: 'n1',
    state: 'idle',
    usable: true,
    cpus: 8,
    idleCpus: 8,
    memoryMiB: 64000,
    gpus: [],
    features: [],
  };
  const read = (line: string) =>
    readPartition(readRecords(line)[0] ?? new Map(), [node], new Map());
  expect(
    read('PartitionName=a MaxTime=1-12:30 MaxMemPerCPU=4000 State=UP'),
  ).toMatchObject({ maxMemoryMiBPerNode: 32000, maxMinutes: 2190 });
  expect(
    read('PartitionName=a DefMemPerNode=4000 MaxTime=INFINITE'),
  ).toMatchObject({ defaultMemoryMiBPerCpu: null, maxMinutes: null });
  expect(read('PartitionName=a RootOnly=YES')).toBeNull();
});

test('asks Slurm by argument lists, once each', async () => {
  const asked: string[] = [];
  await readSlurm((command, args) => {
    asked.push([command, ...args].join(' '));
    return Promise.resolve('');
  });
  expect(asked).toEqual([
    'scontrol -a -o show partition',
    'scontrol -a -d -o show node',
    'scontrol show config',
    'scontrol -o show reservation',
  ]);
});
