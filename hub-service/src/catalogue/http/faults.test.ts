import * as z from 'zod/mini';
import { FAULTS, outcomes } from '../../testing/faults.js';
import { RecordedServer } from '../../testing/recorded-server.js';
import { HttpSource } from './source.js';

const question = { signal: new AbortController().signal };

test.each(FAULTS)(
  'a source with the fault $fault ends in $kind, and nothing stays open',
  async ({ fault, kind, deadlineMs }) => {
    await using server = new RecordedServer('scicat');
    const http = new HttpSource({
      label: 'The test catalogue',
      url: await server.start(),
      deadlineMs,
    });
    const ended = await outcomes(server, fault, {
      get: () => http.getJson('x', question, z.array(z.unknown())),
      post: () => http.postJson('x', {}, question, z.array(z.unknown())),
    });
    expect(ended).toEqual({ get: kind, post: kind });
  },
  90_000,
);

test('a recording is found by what is asked, and by who chooses it', async () => {
  await using server = new RecordedServer('scicat', (asked, recorded) =>
    asked.path === '/api/chosen' ? recorded('041') : undefined,
  );
  const http = new HttpSource({ label: 'It', url: await server.start() });
  const ask = (path: string, limits: unknown) =>
    http.getJson(
      path,
      { ...question, query: { limits: JSON.stringify(limits), fields: '{}' } },
      z.array(z.object({ proposalId: z.string() })),
    );
  const limits = { limit: 3, order: 'startTime:desc', skip: 0 };
  expect(await ask('api/v3/proposals/fullquery', limits)).toMatchObject([
    { proposalId: 'MA1025' },
    { proposalId: 'MA1023' },
    { proposalId: 'MA1022' },
  ]);
  await expect(
    ask('api/v3/proposals/fullquery', { ...limits, skip: 1 }),
  ).rejects.toMatchObject({ status: 501 });
  await expect(ask('api/chosen', {})).rejects.toMatchObject({ status: 404 });
});
