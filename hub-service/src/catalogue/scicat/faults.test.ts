import { caller } from '../../testing/facility.js';
import { FAULTS, outcomes } from '../../testing/faults.js';
import { patiently, scicatWorld } from '../../testing/scicat-world.js';

const signedIn = patiently(caller('alice'), 'token of user1');
const nobody = patiently(null);
const signal = new AbortController().signal;

test.each(FAULTS)(
  'a SciCat with the fault $fault ends in $kind',
  async ({ fault, kind, deadlineMs }) => {
    await using world = await scicatWorld({ deadlineMs });
    const { catalogue, server } = world;
    const calls = {
      experiments: () => catalogue.experiments(signedIn, {}),
      experiment: () => catalogue.experiment(signedIn, 'MA1001'),
      datasets: () => catalogue.datasets(nobody, 'MA1001', {}),
      files: () => catalogue.files(signedIn, 'MA1001', 'x', {}),
      thumbnail: () => catalogue.thumbnail(signedIn, 'MA1001', 'x'),
      filters: () => catalogue.filters(signedIn),
      probe: () => catalogue.probe(signal),
    };
    const all = (kind: string) =>
      Object.fromEntries(Object.keys(calls).map((name) => [name, kind]));
    expect(await outcomes(server, fault, calls)).toEqual(all(kind));
    // Also where it only begins after the instruments and the sign-in went well.
    expect(
      await outcomes(server, fault, calls, ({ path }) =>
        /\/v3\/(proposals|health)/.test(path),
      ),
    ).toEqual(all(kind));
  },
  90_000,
);
