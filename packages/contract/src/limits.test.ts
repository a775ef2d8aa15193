import table from '../cases/rules.json';
import { ClusterSnapshot, type Partition } from './cluster.js';
import { limitsOf } from './limits.js';

const { partitions } = ClusterSnapshot.parse(table.cluster);
const limits = (name: string) => {
  const [partition] = partitions.filter((other) => other.name === name);
  return limitsOf(partition as Partition);
};

test('gives the most of the machines in service, each thing for itself', () => {
  expect(limits('gpu')).toEqual({
    cpus: 64,
    memoryMiB: 256_000,
    gpus: new Map([
      ['a100', 2],
      ['v100', 4],
    ]),
    gpusOfAnyType: 4,
    minutes: 1440,
  });
});

test('adds up a type that a machine lists twice, and the types of one machine', () => {
  const { gpus, gpusOfAnyType } = limits('odd');
  expect(Object.fromEntries(gpus)).toEqual({ a100: 1, v100: 2, '': 4 });
  expect(gpusOfAnyType).toBe(4);
});

test('keeps to the limits of the partition', () => {
  expect(limits('tiny')).toMatchObject({
    cpus: 2,
    memoryMiB: 2000,
    minutes: 30,
  });
});

test('gives nothing where no machine is in service', () => {
  expect(limits('broken')).toMatchObject({
    cpus: 0,
    memoryMiB: 0,
    gpusOfAnyType: 0,
  });
});
