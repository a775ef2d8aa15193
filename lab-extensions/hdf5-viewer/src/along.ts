import { findAttribute } from '@h5web/app';
import type { ProvidedEntity, useDataContext } from '@h5web/app';

type Stores = Pick<
  ReturnType<typeof useDataContext>,
  'entitiesStore' | 'attrValuesStore'
>;

/** NeXus files have three or four groups on the way; a circle has no end. */
const DEEPEST = 10;

/**
 * Asks H5Web's stores for all that it needs to know on the way from a path to what is drawn
 * first: the groups that `default` leads through, and the attributes of what is in the last.
 *
 * @returns When it is there.
 * @see https://manual.nexusformat.org/datarules.html#find-the-plottable-data
 */
export async function lookAlong(path: string, stores: Stores): Promise<void> {
  let at: string | null = path;
  for (let depth = 0; at !== null && depth < DEEPEST; depth += 1) {
    const here: string = at;
    at = await settled(() => next(stores.entitiesStore.get(here), stores));
  }
}

/** Where `default` leads; null at the end of the way. */
function next(
  entity: ProvidedEntity,
  { attrValuesStore }: Stores,
): string | null {
  const children = 'children' in entity ? entity.children : [];
  const owners = [entity, ...children].filter(
    ({ attributes }) => attributes.length > 0,
  );
  owners.forEach((owner) => attrValuesStore.prefetch(owner));
  owners.forEach((owner) => attrValuesStore.get(owner));
  const target = findAttribute(entity, 'default')
    ? attrValuesStore.get(entity)['default']
    : null;
  if (typeof target !== 'string' || target === '') {
    return null;
  }
  return target.startsWith('/')
    ? target
    : `${entity.path === '/' ? '' : entity.path}/${target}`;
}

/** Asks again until nothing is awaited: the stores throw that, as React's Suspense wants it. */
async function settled<T>(ask: () => T): Promise<T> {
  for (;;) {
    try {
      return ask();
    } catch (reason) {
      if (!(reason instanceof Promise)) {
        throw reason;
      }
      await reason;
    }
  }
}
