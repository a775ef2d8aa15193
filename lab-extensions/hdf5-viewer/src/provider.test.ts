import { LargeValues } from './large-values.js';
import { Hdf5Provider } from './provider.js';
import type { Reader } from './reader.js';
import type { ValueParams } from './watch-values.js';

const dataset = {
  path: '/picture',
  shape: { dims: [5000, 5000] },
} as unknown as ValueParams['dataset'];

test.each([
  ['reduced', undefined, 'reduced :,:'],
  ['reduced', '3,:,:', 'reduced 3,:,:'],
  ['whole', undefined, 'whole null'],
] as const)(
  'who asks for the %s of a large picture, selection %s, gets it',
  async (choice, selection, expected) => {
    const reader = {
      cost: () => ({ wanted: 100e6, read: 100e6, pieces: 1 }),
      value: (_: string, slice: string | null) =>
        Promise.resolve(`whole ${slice}`),
      reducedPicture: (_: string, slice: string) =>
        Promise.resolve(`reduced ${slice}`),
    } as unknown as Reader;
    const large = new LargeValues(() => 64e6);
    const provider = new Hdf5Provider('a.h5', reader, large, () => '');
    const value = provider.getValue({ dataset, selection });
    large.shown?.choose(choice);
    expect(await value).toBe(expected);
  },
);
