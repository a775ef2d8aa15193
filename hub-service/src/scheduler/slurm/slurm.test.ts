import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkRequest, limitsOf } from '@beamtime/contract';
import { readGpus } from './gres.js';
import { readState } from './nodes.js';
import { readPartition } from './partitions.js';
import { readRecords } from './records.js';
import { readReservation } from './reservations.js';
import { readHosts } from './hostlist.js';
import { SlurmReader } from './reader.js';
import { readCluster } from './slurm.js';

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
    ['cpu03', 'reserved', true, 64],
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
    idleMemoryMiB: null,
    gpus: [],
    features: [],
    reservedFrom: null,
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

test('asks Slurm at most twelve times a minute, by argument lists', async () => {
  const asked: string[] = [];
  let clock = 0;
  const reader = new SlurmReader(
    (command, args) => {
      asked.push([command, ...args].join(' '));
      return Promise.resolve('');
    },
    () => clock,
  );
  await reader.read();
  expect(asked).toEqual([
    'scontrol -a -d -o show node',
    'scontrol -a -o show partition',
    'scontrol -o show reservation',
    'scontrol show config',
  ]);
  const before = asked.length;
  // As the cache asks while somebody has the form open.
  for (clock = 7_500; clock <= 60_000; clock += 7_500) {
    await reader.read();
  }
  expect(asked.length - before).toBeLessThanOrEqual(12);
  expect(asked.filter((line) => line.endsWith('reservation'))).toHaveLength(3);
});

test('asks again for what Slurm did not answer', async () => {
  let away = true;
  const reader = new SlurmReader((_command, [last]) =>
    away && last === '-o'
      ? Promise.reject(new Error('Slurm does not answer.'))
      : Promise.resolve(''),
  );
  await expect(reader.read()).rejects.toThrow('Slurm does not answer.');
  away = false;
  expect(await reader.read()).toEqual({ partitions: [], reservations: [] });
});

test.each([
  ['cpu01', ['cpu01']],
  ['cpu[01-03,08],gpu01', ['cpu01', 'cpu02', 'cpu03', 'cpu08', 'gpu01']],
  ['n[9-11]', ['n9', 'n10', 'n11']],
  ['r[1-2]c[1-2]', ['r1c1', 'r1c2', 'r2c1', 'r2c2']],
  ['(null)', []],
  ['', []],
  ['n[2-1]', []],
])('unpacks the list of machines %s', (text, expected) => {
  expect(readHosts(text)).toEqual(expected);
});

test('does not unpack what no cluster has', () => {
  expect(readHosts('n[1-999999999]')).toHaveLength(100_000);
});

const reservation = (more: string) =>
  readReservation(
    readRecords(
      `ReservationName=beam StartTime=2026-11-21T14:00:00 EndTime=2026-11-22T14:00:00 Duration=1-00:00:00 Nodes=cpu[01-02] NodeCnt=2 CoreCnt=64 ${more} State=ACTIVE`,
    )[0] ?? new Map(),
  );

test('reads a reservation', () => {
  expect(
    reservation(
      'Features=(null) PartitionName=(null) Flags=IGNORE_JOBS,FLEX Users=alice,bob Groups=(null) Accounts=(null)',
    ),
  ).toEqual({
    name: 'beam',
    start: new Date(2026, 10, 21, 14).toISOString(),
    end: new Date(2026, 10, 22, 14).toISOString(),
    nodes: ['cpu01', 'cpu02'],
    whole: true,
    flex: true,
    partition: null,
    users: ['alice', 'bob'],
    groups: null,
    accounts: null,
    features: [],
  });
  expect(
    reservation('Features=a&b PartitionName=gpu Users=-eve Accounts=ma,es'),
  ).toMatchObject({
    partition: 'gpu',
    users: ['-eve'],
    accounts: ['ma', 'es'],
    features: ['a', 'b'],
  });
  expect(reservation('NodeName=cpu01 CoreIDs=0-3 Users=a')).toMatchObject({
    whole: false,
    nodes: ['cpu01', 'cpu02'],
  });
  expect(reservation('Flags=TIME_FLOAT Users=alice')).toBeNull();
  expect(readRecords('No reservations in the system')).toEqual([]);
});
