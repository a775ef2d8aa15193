import * as z from 'zod/mini';
import table from '../cases/rules.json';
import { ClusterSnapshot } from './cluster.js';
import { checkRequest } from './rules.js';
import { BatchVariables, SessionRequest } from './session.js';

const cluster = ClusterSnapshot.parse(table.cluster);
const cases = z
  .array(
    z.object({
      name: z.string(),
      request: SessionRequest,
      unixGroups: z.nullable(z.array(z.string())),
      ok: z.boolean(),
      fields: z.array(z.string()),
      batch: z.optional(BatchVariables),
    }),
  )
  .parse(table.cases);

test.each(cases.map((row) => [row.name, row] as const))(
  '%s',
  (_name, { request, unixGroups, ok, fields, batch }) => {
    const outcome = checkRequest(request, { cluster, unixGroups });
    expect(outcome.ok ? [] : outcome.errors.map(({ field }) => field)).toEqual(
      fields,
    );
    expect(outcome.ok).toBe(ok);
    expect(outcome.ok ? outcome.batch : undefined).toEqual(batch);
  },
);

const said = (request: Partial<SessionRequest>) => {
  const outcome = checkRequest(
    { partition: 'cpu', nprocs: 1, runtime: '1:00:00', ...request },
    { cluster, unixGroups: ['users'] },
  );
  return outcome.ok ? [] : outcome.errors.map(({ message }) => message);
};
const open = 'Choose one of cpu, gpu, bigmem, short, tiny, odd, plain.';

test.each([
  [{ partition: 'x' }, `There is no partition "x" here. ${open}`],
  [{ partition: 'closed' }, `closed is closed: its state is "down". ${open}`],
  [
    { partition: 'beam' },
    `beam is only for the groups beamline, support. ${open}`,
  ],
  [{ partition: 'nobody' }, `nobody is open to no group. ${open}`],
  [{ partition: 'broken' }, `No machine of broken is in service. ${open}`],
  [
    { nprocs: 65 },
    'A machine of cpu gives at most 64 cores; you ask for 65 cores.',
  ],
  [
    { partition: 'gpu', nprocs: 64, ngpus: 1, gpu_type: 'a100' },
    'A machine of gpu with 1 GPU of type a100 gives at most 32 cores; you ask for 64 cores.',
  ],
  [
    { partition: 'gpu', nprocs: 64, memory: '200G' },
    'A machine of gpu with 64 cores gives at most 125 GB of memory (128000M); you ask for 200 GB of memory (204800M).',
  ],
  [
    { partition: 'gpu', ngpus: 5 },
    'A machine of gpu gives at most 4 GPUs; you ask for 5 GPUs.',
  ],
  [
    { partition: 'gpu', ngpus: 1, gpu_type: 'h100' },
    'gpu has no GPU of type h100. It has a100, v100.',
  ],
  [
    { partition: 'plain', ngpus: 1, gpu_type: 'a100' },
    'plain has no GPU of type a100. Its GPUs have no type: ask for any.',
  ],
  [
    { ngpus: 1 },
    'The machines of cpu have no GPU. Ask for none, or choose another partition.',
  ],
  [
    { memory: '00' },
    '"00" is not a size of memory. Write for instance 8G or 500M, or nothing for the usual share.',
  ],
  [
    { partition: 'tiny' },
    'tiny runs a session for at most 30 minutes; you ask for 1 hour.',
  ],
  [
    { runtime: '-' },
    '"-" is not a time. Write hours:minutes:seconds, for instance 4:00:00.',
  ],
])('%j is refused in words', (request, message) => {
  expect(said(request)).toEqual([message]);
});

test('says when nothing at all is open', () => {
  const outcome = checkRequest(
    { partition: 'cpu', nprocs: 1, runtime: '60' },
    { cluster: { ...cluster, partitions: [] }, unixGroups: null },
  );
  expect(outcome).toEqual({
    ok: false,
    errors: [
      {
        field: 'partition',
        message:
          'There is no partition "cpu" here. No other is open to you now.',
      },
    ],
  });
});
