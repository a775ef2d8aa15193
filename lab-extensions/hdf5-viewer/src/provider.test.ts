import { AbortError } from '@h5web/app';
import { ServerConnection } from '@jupyterlab/services';

import { NotBeside } from './beside/schema.js';
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

test.each([
  ['not-installed', new NotBeside('nothing is there', false)],
  ['not-read', new NotBeside('unreadable')],
  ['unreachable', new ServerConnection.NetworkError(new TypeError('offline'))],
] as const)(
  'a reduced picture that fails is offered again, with the reason: %s',
  async (why, error) => {
    const reader = {
      cost: () => ({ wanted: 100e6, read: 100e6, pieces: 1 }),
      value: () => Promise.resolve(new Uint8Array(100)),
      reducedPicture: () => Promise.reject(error),
    } as unknown as Reader;
    const large = new LargeValues(() => 64e6);
    const provider = new Hdf5Provider('a.h5', reader, large, () => '');
    const offered = () =>
      new Promise<void>((resolve) => {
        large.changed.connect(() => large.shown?.failed && resolve());
      });
    const value = provider.getValue({ dataset });
    const again = offered();
    expect(large.shown?.failed).toBeNull();
    large.shown?.choose('reduced');
    await again;
    expect(large.shown?.failed).toBe(why);
    large.shown?.choose('whole');
    expect(await value).toHaveLength(100);
  },
);

test('who goes away while a reduced picture is made is asked nothing more', async () => {
  const user = new AbortController();
  const reader = {
    cost: () => ({ wanted: 100e6, read: 100e6, pieces: 1 }),
    reducedPicture: () => {
      user.abort();
      return Promise.reject(new Error('aborted'));
    },
  } as unknown as Reader;
  const large = new LargeValues(() => 64e6);
  const provider = new Hdf5Provider('a.h5', reader, large, () => '');
  const value = provider.getValue({ dataset }, user.signal);
  large.shown?.choose('reduced');
  await expect(value).rejects.toBeInstanceOf(AbortError);
  expect(large.waiting).toBe(0);
});
