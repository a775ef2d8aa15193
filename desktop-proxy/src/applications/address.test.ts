import { PATTERN, readAddress } from './address.js';

test.each([
  ['/lab', '?beamtime-desktop=pymca', 'pymca', null, '/lab'],
  ['/lab', '?reset&beamtime-desktop=a-2', 'a-2', null, '/lab?reset='],
  [
    ...['/lab/tree/Experiments/MA-1/my%20scan.h5', '?beamtime-desktop=silx'],
    ...['silx', 'Experiments/MA-1/my scan.h5'],
    '/lab/tree/Experiments/MA-1/my%20scan.h5',
  ],
] as const)('reads %s%s', (path, search, program, file, rest) => {
  expect(PATTERN.test(path + search)).toBe(true);
  expect(readAddress(path, search, '')).toEqual({ program, path: file, rest });
});

test('keeps what stands behind the #', () => {
  const wish = readAddress('/lab', '?beamtime-desktop=x&a=1', '#b');
  expect(wish?.rest).toBe('/lab?a=1#b');
});

test.each(['', '?other=1', '?beamtime-desktop=', '?beamtime-desktop=../x'])(
  'finds no program in %p',
  (search) => {
    expect(readAddress('/lab', search)).toBeNull();
  },
);
