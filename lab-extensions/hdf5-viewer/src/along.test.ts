import { DTypeClass, EntityKind, ShapeClass } from '@h5web/app';

import { drawnFirst, lookAlong } from './along.js';

type Stores = Parameters<typeof lookAlong>[1];

/** A store as H5Web has them: what is asked for first is thrown as what is awaited. */
function slowStore<I extends string | { path: string }, R>(
  answer: (input: I) => R,
) {
  const asked: string[] = [];
  const here = new Map<string, R>();
  const get = (input: I): R => {
    const key = typeof input === 'string' ? input : input.path;
    const value = here.get(key);
    if (value !== undefined) {
      return value;
    }
    asked.push(key);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- As React's Suspense has it.
    throw Promise.resolve().then(() => here.set(key, answer(input)));
  };
  const prefetch = (input: I) => {
    try {
      get(input);
    } catch {
      // It is on its way.
    }
  };
  return { asked, get, prefetch };
}

const attributes = [{ name: 'default' }];
const group = (path: string, children: object[] = []) => ({
  ...{ path, name: '', kind: EntityKind.Group, attributes, children },
});

let targets: Record<string, string>;
const entities = () =>
  slowStore((path: string) =>
    path === '/entry/data'
      ? group(path, [{ ...group(`${path}/signal`), attributes }])
      : group(path),
  );
const values = () =>
  slowStore(({ path }: { path: string }) => ({ default: targets[path] ?? '' }));
const stores = (parts: object) => parts as unknown as Stores;

test('what default leads to is known, with the attributes of what is in it', async () => {
  targets = { '/': 'entry', '/entry': '/entry/data' };
  const [entitiesStore, attrValuesStore] = [entities(), values()];
  const last = await lookAlong('/', stores({ entitiesStore, attrValuesStore }));
  expect(last.path).toBe('/entry/data');
  expect(entitiesStore.asked).toEqual(['/', '/entry', '/entry/data']);
  expect(attrValuesStore.asked).toContain('/entry/data/signal');
});

test('a circle is left', async () => {
  targets = { '/': '/' };
  const parts = { entitiesStore: entities(), attrValuesStore: values() };
  expect((await lookAlong('/', stores(parts))).path).toBe('/');
});

test('what cannot be read is said', async () => {
  const entitiesStore = slowStore(() => undefined);
  entitiesStore.get = () => {
    throw new Error('no such group');
  };
  const parts = { entitiesStore, attrValuesStore: values() };
  await expect(lookAlong('/', stores(parts))).rejects.toThrow('no such group');
});

const frames = (dims: number[], more: object[] = []) => ({
  ...{ name: 'frames', path: '/entry/data/frames', kind: EntityKind.Dataset },
  shape: { class: ShapeClass.Array, dims },
  type: { class: DTypeClass.Integer, signed: false, size: 32 },
  attributes: more,
});

function firstOf(entity: object) {
  const attrValuesStore = { get: () => ({ signal: 'frames' }) };
  return drawnFirst(
    entity as Parameters<typeof drawnFirst>[0],
    { attrValuesStore } as unknown as Stores,
  );
}

test.each([
  [[4, 5, 6, 7], '0,0,:,:'],
  [[5, 6, 7], '0,:,:'],
  [[6, 7], undefined],
  [[7], undefined],
])('of axes of %j, what is drawn first is %s', (dims, selection) => {
  const dataset = frames(dims);
  expect(firstOf(dataset)).toEqual({ dataset, selection });
  expect(firstOf(group('/entry/data', [dataset]))).toEqual({
    ...{ dataset, selection },
  });
});

test.each<[string, object]>([
  ['a group without a signal', group('/entry')],
  ['text', { ...frames([5]), type: { class: DTypeClass.String } }],
  ['a spectrum in each pixel', frames([5, 6, 7], [{ name: 'interpretation' }])],
  [
    'another slice first',
    {
      ...group('/entry/data', [frames([5, 6, 7])]),
      attributes: [{ name: 'default_slice' }],
    },
  ],
])('nothing is foreseen of %s', (_, entity) => {
  expect(firstOf(entity)).toBeNull();
});

test('nothing is foreseen when a person has chosen another view', () => {
  localStorage.setItem('h5web:preferredVis', '"NX Line"');
  expect(firstOf(frames([5, 6, 7]))).toBeNull();
  localStorage.clear();
});
