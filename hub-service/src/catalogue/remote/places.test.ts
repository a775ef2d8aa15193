import { Places } from './places.js';
import { toPeople, toRole } from './people.js';

const place = (options: Partial<ConstructorParameters<typeof Places>[0]>) =>
  new Places({ locations: [], dataRoots: ['/data', '/archive/'], ...options });

test.each([
  ['/data/a/b.h5', '/data/a/b.h5'],
  ['/data/a/../b/', '/data/b'],
  ['/data/../etc/passwd', undefined],
  ['/database/x', undefined],
  ['/data', undefined],
  ['a/b.h5', '/data/set/a/b.h5'],
  ['../../etc', undefined],
  ['file:///data/x', '/data/x'],
  ['https://host/data/x', undefined],
  ['/data/\0x', undefined],
  ['\\\\host\\share\\x', undefined],
  ['', undefined],
])('a location %j lies at %j', (location, path) => {
  expect(place({}).path(location, '/data/set')).toBe(path);
});

test('a location of another system is found where it is here', () => {
  const places = place({
    locations: [{ from: '\\\\host\\inst$\\', to: '/archive/' }],
    locationBase: '/archive',
  });
  expect(places.path('\\\\host\\inst$\\NDX\\x.nxs')).toBe('/archive/NDX/x.nxs');
  expect(places.path('x.nxs', '/data/set')).toBe('/archive/x.nxs');
});

const known = {
  id: '7',
  proposal: 'MA 1',
  instrument: 'ID00',
  start: '2025-01-02T08:00:00.000+01:00',
};

test.each([
  ['/data/{proposal:lower}/{instrument}/{date}', '/data/ma 1/ID00/20250102'],
  ['/data/{year}/{id}', '/data/2025/7'],
  ['/data/{cycle}', undefined],
  ['/elsewhere/{id}', undefined],
])('the folder %s is %s', (dataPath, path) => {
  expect(place({ dataPath }).dataPath(known)).toBe(path);
});

test.each(['..', 'a/b', '.'])(
  'a proposal called %j makes no folder',
  (proposal) => {
    const places = place({
      dataPath: '/data/{proposal}/{instrument}',
      portal: 'https://p.example.org/{proposal}',
    });
    expect(places.dataPath({ ...known, proposal })).toBeUndefined();
    expect(places.portal({ ...known, proposal: 'a/b' })).toBe(
      'https://p.example.org/a%2Fb',
    );
  },
);

test.each([
  ['Principal investigator', 'pi'],
  ['principal_experimenter', 'pi'],
  ['Local contact', 'local-contact'],
  ['local_contact', 'local-contact'],
  ['Beamline scientist', 'local-contact'],
  ['Co-proposer', 'co-proposer'],
  ['Co-Investigator', 'co-proposer'],
  ['Proposer', 'co-proposer'],
  ['Participant', 'member'],
  ['', 'member'],
])('the role %j is %s', (text, role) => {
  expect(toRole(text)).toBe(role);
});

test('each person is there once, with the first of their roles', () => {
  const ada = { name: 'db/ada', givenName: 'Ada', familyName: 'L' };
  const people = toPeople([
    { role: 'Scientist', user: { name: 'zoe' } },
    { role: 'Participant', user: ada },
    { role: 'PI', user: ada },
    { role: 'Local contact' },
  ]);
  expect(people).toEqual([
    { name: 'Ada L', login: 'ada', role: 'pi', pids: [] },
    {
      name: 'zoe',
      login: 'zoe',
      role: 'member',
      roleLabel: 'Scientist',
      pids: [],
    },
  ]);
});
