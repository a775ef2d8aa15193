import { summarize } from './summary.js';

const batch = {
  partition: 'gpu',
  nprocs: '4',
  memory: '8192M',
  runtime: '04:00:00',
  gres: 'gpu:a100:2',
};
const experiment = (slug: string) => ({
  key: `embedded:${slug}`,
  slug,
  title: '',
  dataPath: '/data/x',
});

test('says what will be asked for in one sentence', () => {
  const request = { partition: 'gpu', nprocs: 4, runtime: '4:00:00' };
  expect(
    summarize({ ...request, ngpus: 2, gpu_type: 'a100' }, batch, [
      experiment('MA-1-BX11'),
      experiment('MA-2-BX11'),
    ]),
  ).toBe(
    '4 cores, 8 GB of memory and 2 a100 GPUs on gpu for 4 hours, with MA-1-BX11 and MA-2-BX11.',
  );
  expect(
    summarize(
      { ...request, nprocs: 1 },
      { ...batch, memory: '', runtime: '01:30:00' },
      [],
    ),
  ).toBe('1 core on gpu for 90 minutes, without an experiment.');
});
