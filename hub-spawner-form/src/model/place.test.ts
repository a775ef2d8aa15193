import { gpuNodes, node, partition } from '../testing/fixtures.js';
import { placeOf } from './place.js';

test('counts what is free on machines in service', () => {
  const place = placeOf(
    partition('gpu', [
      ...gpuNodes,
      node('dead', 64, 1000, {
        usable: false,
        gpus: [{ type: 'a100', total: 8, idle: 8 }],
      }),
    ]),
  );
  expect(place.cores).toEqual({ idle: 80, total: 96 });
  expect(place.machines).toEqual({ idle: 1, total: 2 });
  expect(place.gpus).toEqual({ idle: 5, total: 6 });
  expect(place.gpuTypes).toEqual([
    { type: 'v100', idle: 4, total: 4 },
    { type: 'a100', idle: 1, total: 2 },
  ]);
  expect(place.kind).toBe('32 or 64 cores, up to 256 GB, a100 or v100');
});

test('counts no cores above the limit of the partition', () => {
  const tiny = partition('tiny', [node('a', 32, 4096), node('b', 64, 4096)], {
    maxCpusPerNode: 2,
  });
  expect(placeOf(tiny).cores).toEqual({ idle: 4, total: 4 });
  expect(placeOf(tiny).kind).toBe('2 cores, up to 4 GB');
});

test('describes many kinds of machine by their span', () => {
  const nodes = [1, 8, 16, 128].map((cpus) => node(`n${cpus}`, cpus, 1));
  expect(placeOf(partition('p', nodes)).kind).toBe('1 to 128 cores');
});

test('describes GPUs without a type', () => {
  const gpus = [{ type: '', total: 4, idle: 0 }];
  expect(placeOf(partition('p', [node('n', 1, 1024, { gpus })])).kind).toBe(
    '1 core, up to 1 GB, GPUs',
  );
});
