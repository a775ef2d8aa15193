import {
  experimentKey,
  experimentSlug,
  parseExperimentKey,
  SessionExperiment,
} from './experiment.js';

const slug = (proposal: string, instrument: string, visit?: string) =>
  experimentSlug({
    proposal,
    instrument: { name: instrument },
    ...(visit === undefined ? {} : { visit }),
  });

test('names a folder by proposal, instrument and visit', () => {
  expect(slug('MA-5127', 'BX11')).toBe('MA-5127-BX11');
  expect(slug('MA-5127', 'BX11', '2')).toBe('MA-5127-BX11-2');
});

test.each([
  ['../../etc', 'BX11'],
  ['a/b', 'x y'],
  ['Münster', 'Ü'],
  ['-rf', '$(reboot)'],
])('makes a safe folder name of %j and %j', (proposal, instrument) => {
  const name = slug(proposal, instrument);
  expect(SessionExperiment.shape.slug.safeParse(name).success).toBe(true);
});

test('reads back the key it wrote, colons in the id too', () => {
  const ref = { source: 'icat', id: 'inv:42' };
  expect(parseExperimentKey(experimentKey(ref))).toEqual(ref);
  expect(parseExperimentKey('nonsense')).toBeNull();
});
