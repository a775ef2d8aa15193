import type { Reader } from './reader.js';
import { renew } from './renewal.js';
import type { ValueParams } from './watch-values.js';
import type { EntityDescription } from './worker/protocol.js';

const type = {
  class: 'integer',
  bits: 32,
  signed: false,
  littleEndian: true,
} as const;

const named = (path: string) => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  attributes: [],
});

const grown: EntityDescription = {
  ...named('/entry'),
  kind: 'group',
  children: [
    {
      ...named('/entry/frames'),
      ...{ kind: 'dataset', type, dims: [7, 8, 8], chunks: null },
      ...{ filters: [], sources: [] },
    },
  ],
};

type Store = Parameters<typeof renew>[2];

function setUp(value: () => Promise<unknown>) {
  const put = new Map<unknown, unknown>();
  const store = {
    evict: (key: unknown) => put.delete(key),
    preset: (key: unknown, entry: unknown) => put.set(key, entry),
  };
  const reader = {
    entity: () => Promise.resolve(grown),
    value,
  } as unknown as Reader;
  const stores = { entitiesStore: store, valuesStore: store };
  const params = {
    dataset: { path: '/entry/frames', shape: { dims: [6, 8, 8] } },
    selection: '5,:,:',
  } as unknown as ValueParams;
  return {
    put,
    params,
    run: () => renew([params], reader, stores as unknown as Store),
  };
}

test('the shape and the frame that is shown are those of now', async () => {
  const { put, params, run } = setUp(() => Promise.resolve('frame'));
  await run();
  expect(put.get(params)).toBe('frame');
  expect([...put.keys()]).toContain('/entry');
  expect([...put.keys()]).toContain('/entry/frames');
  // The object that H5Web holds on to.
  expect(params.dataset.shape).toMatchObject({ dims: [7, 8, 8] });
});

test('all stays as it is where something cannot be read', async () => {
  const { put, params, run } = setUp(() => Promise.reject(new Error('away')));
  await expect(run()).rejects.toThrow('away');
  expect(put.size).toBe(0);
  expect(params.dataset.shape).toMatchObject({ dims: [6, 8, 8] });
});
