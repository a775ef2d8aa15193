import type { SessionRequest } from '@beamtime/contract';
import { gpuNodes, node, partition, sessionForm } from '../testing/fixtures.js';
import { toRequest } from './choice.js';
import { startingChoice, withPartition } from './start.js';

const last: SessionRequest = {
  experiments: ['embedded:e1'],
  environment_id: 'imaging',
  partition: 'gpu',
  nprocs: 16,
  memory: '32768M',
  ngpus: 2,
  gpu_type: 'v100',
  runtime: '8:00:00',
};

test('somebody new is offered a quarter of the first open machine for a morning', () => {
  const form = sessionForm();
  expect(toRequest(form, startingChoice(form, {}))).toEqual({
    experiments: [],
    environment_id: 'analysis',
    partition: 'cpu',
    nprocs: 8,
    memory: '16384M',
    runtime: '04:00:00',
  });
});

test('what was started last is offered again', () => {
  const form = sessionForm({ last });
  const choice = startingChoice(form, {});
  expect(choice.amount).toEqual({ kind: 'share', share: 'quarter' });
  expect(toRequest(form, choice)).toEqual({ ...last, runtime: '08:00:00' });
});

test('what was started last in exact numbers stays exact', () => {
  const form = sessionForm({ last: { ...last, nprocs: 5, memory: '9G' } });
  expect(startingChoice(form, {}).amount).toEqual({
    kind: 'exact',
    cpus: '5',
    memory: '9G',
  });
});

test('what was started last where it is closed now gives way to what is open', () => {
  const form = sessionForm({
    last: { ...last, partition: 'beam', environment_id: 'gone' },
  });
  const choice = startingChoice(form, {});
  expect(choice).toMatchObject({
    partition: 'cpu',
    environment: 'analysis',
    experiments: ['embedded:e1'],
    runtime: '08:00:00',
  });
});

test('what was started last and does not fit any more gives way to what does', () => {
  const form = sessionForm({ last: { ...last, nprocs: 500 } });
  expect(startingChoice(form, {})).toMatchObject({
    partition: 'gpu',
    amount: { kind: 'share', share: 'quarter' },
    gpus: { number: 1, type: '' },
  });
});

test('where a link leads is kept even if it is closed or too much', () => {
  const form = sessionForm({ last });
  const choice = startingChoice(form, {
    partition: 'beam',
    nprocs: 1000,
    runtime: '7-0',
    environment_id: 'gone',
  });
  expect(choice).toMatchObject({
    partition: 'beam',
    amount: { kind: 'exact', cpus: '1000' },
    gpus: { number: 0 },
    runtime: '7-0',
    environment: 'gone',
    experiments: ['embedded:e1'],
  });
});

test('a link with an experiment only leaves the rest as last time', () => {
  const form = sessionForm({ last });
  const choice = startingChoice(form, { experiments: ['embedded:e2'] });
  expect(toRequest(form, choice)).toEqual({
    ...last,
    experiments: ['embedded:e2'],
    runtime: '08:00:00',
  });
});

test('a cluster without any partition still gives a form', () => {
  const form = sessionForm({
    cluster: { kind: 'slurm', asOf: '', partitions: [], reservations: [] },
  });
  expect(startingChoice(form, {}).partition).toBe('');
});

describe('another partition', () => {
  const form = sessionForm();
  const start = startingChoice(form, {});

  test('keeps the share and takes another machine for it', () => {
    const half = {
      ...start,
      amount: { kind: 'share', share: 'half' },
    } as const;
    const there = withPartition(form, half, 'gpu');
    expect(toRequest(form, there)).toMatchObject({
      partition: 'gpu',
      nprocs: 32,
      memory: '65536M',
    });
  });

  test('gives a GPU where every machine has some', () => {
    expect(withPartition(form, start, 'gpu').gpus).toEqual({
      number: 1,
      type: '',
    });
  });

  test('gives no GPU where all machines everywhere have some', () => {
    const all = sessionForm({
      cluster: {
        kind: 'slurm',
        asOf: '',
        partitions: [partition('a', gpuNodes), partition('b', gpuNodes)],
        reservations: [],
      },
    });
    expect(startingChoice(all, {}).gpus.number).toBe(0);
  });

  test('takes the GPUs away where there are none, and cuts them where there are fewer', () => {
    const four = { ...start, gpus: { number: 4, type: 'v100' } };
    expect(withPartition(form, four, 'cpu').gpus.number).toBe(0);
    const few = sessionForm({
      cluster: {
        kind: 'slurm',
        asOf: '',
        partitions: [
          partition('few', [
            node('x', 8, 8192, { gpus: [{ type: 'v100', total: 2, idle: 0 }] }),
          ]),
        ],
        reservations: [],
      },
    });
    expect(withPartition(few, four, 'few').gpus).toEqual({
      number: 2,
      type: 'v100',
    });
  });

  test('cuts the time to what it allows', () => {
    expect(withPartition(form, start, 'short').runtime).toBe('00:30:00');
  });

  test('does not take exact numbers along', () => {
    const exact = {
      ...start,
      amount: { kind: 'exact', cpus: '5', memory: '' },
    } as const;
    expect(withPartition(form, exact, 'gpu').amount).toEqual({
      kind: 'share',
      share: 'quarter',
    });
  });
});
