import { EntityKind } from '@h5web/app';

import { lookAlong } from './along.js';

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
  await lookAlong('/', stores({ entitiesStore, attrValuesStore }));
  expect(entitiesStore.asked).toEqual(['/', '/entry', '/entry/data']);
  expect(attrValuesStore.asked).toContain('/entry/data/signal');
});

test('a circle is left', async () => {
  targets = { '/': '/' };
  const parts = { entitiesStore: entities(), attrValuesStore: values() };
  await expect(lookAlong('/', stores(parts))).resolves.toBeUndefined();
});

test('what cannot be read is said', async () => {
  const entitiesStore = slowStore(() => undefined);
  entitiesStore.get = () => {
    throw new Error('no such group');
  };
  const parts = { entitiesStore, attrValuesStore: values() };
  await expect(lookAlong('/', stores(parts))).rejects.toThrow('no such group');
});
