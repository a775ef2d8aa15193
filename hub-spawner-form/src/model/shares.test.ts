import { machinesOf, type Partition } from '@beamtime/contract';
import { gpuNodes, node, partition } from '../testing/fixtures.js';
import { isFreeNow, referenceMachine, sharesOf } from './shares.js';

const sizes = (place: Partition) =>
  machinesOf(place).flatMap((machine) =>
    sharesOf(machine).map(({ name, cpus, memoryMiB }) => [
      name,
      cpus,
      memoryMiB,
    ]),
  );

test('memory goes with the cores', () => {
  expect(sizes(partition('p', [node('n', 32, 65_536)]))).toEqual([
    ['minimum', 1, 2048],
    ['quarter', 8, 16_384],
    ['half', 16, 32_768],
    ['whole', 32, 65_536],
  ]);
});

test.each([
  [1, ['minimum']],
  [2, ['minimum', 'whole']],
  [4, ['minimum', 'half', 'whole']],
  [8, ['minimum', 'quarter', 'half', 'whole']],
])('a machine of %d cores is offered as %j', (cpus, names) => {
  const offered = sizes(partition('p', [node('n', cpus, 4096)]));
  expect(offered.map(([name]) => name)).toEqual(names);
});

test('a machine whose memory nobody knows leaves memory to the cluster', () => {
  const [first] = sizes(partition('p', [node('n', 4, 1)]));
  expect(first).toEqual(['minimum', 1, null]);
});

test('keeps to the limits of the partition', () => {
  const tiny = partition('p', [node('n', 32, 65_536)], {
    maxCpusPerNode: 2,
    maxMemoryMiBPerNode: 2000,
  });
  expect(sizes(tiny)).toEqual([
    ['minimum', 1, 1000],
    ['whole', 2, 2000],
  ]);
});

test.each([
  [{ number: 0, type: '' }, 'gpu02'],
  [{ number: 1, type: 'a100' }, 'gpu01'],
  [{ number: 3, type: '' }, 'gpu02'],
  [{ number: 9, type: '' }, 'gpu02'],
])('shares for %j are of %s', (gpus, name) => {
  const place = partition('gpu', gpuNodes);
  expect(referenceMachine(place, gpus)?.node.name).toBe(name);
});

test('there is no share where no machine is in service', () => {
  const place = partition('p', [node('n', 4, 4096, { usable: false })]);
  expect(referenceMachine(place, { number: 0, type: '' })).toBeNull();
});

test.each([
  [16, 1, 'a100', true],
  [17, 1, 'a100', false],
  [16, 2, 'a100', false],
  [64, 4, '', true],
  [64, 0, '', true],
  [65, 0, '', false],
])('%d cores and %d GPUs %s: free now %s', (cpus, number, type, free) => {
  const place = partition('gpu', gpuNodes);
  expect(isFreeNow(place, cpus, { number, type })).toBe(free);
});
