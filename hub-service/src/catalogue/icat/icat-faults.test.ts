import { inspect } from 'node:util';
import { FAULTS, outcomes } from '../../testing/faults.js';
import { icatFacility } from '../../testing/icat-facility.js';

// Many questions over HTTP, perhaps on a busy machine.
jest.setTimeout(60_000);

test('a refused sign-in is signed-out, and names no session, token or words of ICAT', async () => {
  await using world = await icatFacility({ who: () => null });
  const error: unknown = await world.ids().catch((caught: unknown) => caught);
  expect(error).toMatchObject({ kind: 'signed-out' });
  expect(inspect(error, { depth: 9 })).not.toMatch(/expired|secret|ey[A-Z]/);
});

test('no error has the session’s id in it, whatever goes wrong', async () => {
  await using world = await icatFacility();
  const errors: unknown[] = [];
  const codes = [
    'INTERNAL',
    'BAD_PARAMETER',
    'INSUFFICIENT_PRIVILEGES',
    'SESSION',
  ];
  for (const code of [...codes, null]) {
    // The status says nothing: the code does.
    world.icat.failing = (id) =>
      code === null
        ? { status: 500, body: `<html>${id}</html>` }
        : { status: 418, body: { code, message: `of session ${id}` } };
    errors.push(await world.ids().catch((caught: unknown) => caught));
  }
  expect(errors).toMatchObject([
    { kind: 'unavailable' },
    { kind: 'not-understood' },
    { kind: 'forbidden' },
    { kind: 'signed-out' },
    { kind: 'unavailable' },
  ]);
  expect(inspect(errors, { depth: 9 })).not.toContain('secret-session');
});

test.each(FAULTS)(
  'ends each call as it should: $fault',
  async ({ fault, kind, deadlineMs }) => {
    await using world = await icatFacility({ deadlineMs });
    const { catalogue, ask } = world;
    const asked = {
      experiments: () => catalogue.experiments(ask(), {}),
      experiment: () => catalogue.experiment(ask(), '1'),
      datasets: () => catalogue.datasets(ask(), '1', {}),
      files: () => catalogue.files(ask(), '1', '11', {}),
      filters: () => catalogue.filters(ask()),
      byDoi: () => catalogue.byDoi(ask(), '10.1/x'),
    };
    const inSession = await outcomes(world.server, fault, {
      ...asked,
      probe: () => catalogue.probe(ask().signal),
    });
    expect(new Set(Object.values(inSession))).toEqual(new Set([kind]));
    await world.ids();
    const inQueries = await outcomes(
      world.server,
      fault,
      asked,
      ({ path: at }) => at.endsWith('/entityManager'),
    );
    expect(new Set(Object.values(inQueries))).toEqual(new Set([kind]));
    expect(await world.ids()).toEqual(['1', '2']);
  },
);
