import { readWish, wishFromQuery } from './wish.js';

/** Without what is undefined, as it is in JSON. */
const said = (wish: object): unknown => JSON.parse(JSON.stringify(wish));

test('reads the address of a link', () => {
  expect(
    said(
      wishFromQuery(
        '?opt-experiments=embedded%3Ae1&opt-experiments=icat:a:b&opt-partition=gpu&opt-nprocs=8&opt-ngpus=1&opt-runtime=4:00:00&other=1',
      ),
    ),
  ).toEqual({
    experiments: ['embedded:e1', 'icat:a:b'],
    partition: 'gpu',
    nprocs: 8,
    ngpus: 1,
    runtime: '4:00:00',
  });
});

test('reads names without the mark, and moss’s name for memory', () => {
  expect(said(wishFromQuery('?experiments=embedded:e1&mem=4G'))).toEqual({
    experiments: ['embedded:e1'],
    memory: '4G',
  });
});

test('leaves out names without the mark where one has it, as the hub does', () => {
  expect(said(wishFromQuery('?partition=cpu&opt-nprocs=2'))).toEqual({
    nprocs: 2,
  });
});

test.each([
  ['?nprocs=', {}],
  ['?nprocs=1e99&partition=a b&runtime=4h', {}],
  ['?cmd=id&__proto__=x&nprocs=2', { nprocs: 2 }],
  ['', {}],
])('keeps of %j only what makes sense', (query, wish) => {
  expect(said(wishFromQuery(query))).toEqual(wish);
});

test.each([null, 1, 'x', [], undefined])(
  'reads a refused request that is %j as no wish',
  (options) => {
    expect(said(readWish(options))).toEqual({});
  },
);

test('keeps the sensible parts of a refused request', () => {
  expect(said(readWish({ partition: 'cpu', nprocs: -1, cmd: 'id' }))).toEqual({
    partition: 'cpu',
  });
});
