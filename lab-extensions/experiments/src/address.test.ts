import { PATTERN, readAddress } from './address.js';

test('an address names an experiment, a file and a path in it', () => {
  const search =
    '?beamtime-experiment=icat%3A7&x=1&beamtime-file=raw%2Fa%20b.h5&beamtime-at=%2Fentry';
  expect(PATTERN.test(search)).toBe(true);
  expect(readAddress('/lab', search, '#h')).toEqual({
    key: 'icat:7',
    relPath: 'raw/a b.h5',
    path: '/entry',
    rest: '/lab?x=1#h',
  });
});

test('an experiment alone will do, without one there is nothing to open', () => {
  expect(readAddress('/lab', '?beamtime-experiment=icat%3A7')).toEqual({
    key: 'icat:7',
    relPath: null,
    path: null,
    rest: '/lab',
  });
  expect(readAddress('/lab', '?beamtime-file=raw/a.h5')).toBeNull();
});
