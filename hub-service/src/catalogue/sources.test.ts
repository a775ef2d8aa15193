import type { Experiment } from '@beamtime/contract';
import * as z from 'zod/mini';
import { runningService } from '../testing/running-service.js';

const List = z.object({
  items: z.array(z.object({ ref: z.object({ id: z.string() }) })),
  problems: z.array(z.object({ source: z.string(), kind: z.string() })),
});

/** The ids that somebody's list has. */
async function listOf(
  service: Awaited<ReturnType<typeof runningService>>,
  name: string,
  groups: string[] = [],
) {
  const token = service.hub.pageToken(name);
  const known = service.hub.tokens.get(token);
  service.hub.tokens.set(token, {
    kind: 'user',
    name,
    scopes: [],
    ...known,
    groups,
  });
  const answer = await service.get('api/v1/experiments', {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items, problems } = List.parse(await answer.json());
  const ids: Experiment['ref']['id'][] = items.map(({ ref }) => ref.id);
  return { ids, problems };
}

test('one that is away is missed and one that is wrong is left out: the service runs', async () => {
  await using service = await runningService({
    config: (site) => ({
      ...site,
      catalogues: [
        {
          name: 'away',
          kind: 'icat',
          label: 'The far one',
          url: 'http://127.0.0.1:1/icat',
        },
        { name: 'odd', kind: 'oracle', label: 'The odd one' },
      ],
    }),
  });
  const { ids, problems } = await listOf(service, 'alice');
  expect(ids).toContain('steel');
  expect(problems).toEqual([{ source: 'away', kind: 'unavailable' }]);
  expect(service.service.readiness.problems).toContainEqual(
    expect.stringMatching(/^The catalogue odd is left out/),
  );
});

test('members of an instrument’s group see its experiments', async () => {
  await using service = await runningService({
    config: (site) => ({ ...site, instrumentGroups: { BX11: ['bx11-staff'] } }),
  });
  expect((await listOf(service, 'carol')).ids).not.toContain('steel');
  const { ids } = await listOf(service, 'dave', ['bx11-staff']);
  expect(ids).toContain('steel');
});
