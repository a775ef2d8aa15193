import {
  EntityKind,
  findAttribute,
  hasArrayShape,
  hasNumericType,
} from '@h5web/app';
import type {
  ArrayShape,
  Dataset,
  NumericType,
  ProvidedEntity,
  useDataContext,
} from '@h5web/app';

import type { ValueParams } from './watch-values.js';

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
 * @returns What is at the end of the way, when all is there.
 * @see https://manual.nexusformat.org/datarules.html#find-the-plottable-data
 */
export async function lookAlong(
  path: string,
  stores: Stores,
): Promise<ProvidedEntity> {
  const step = (at: string) =>
    settled(() => {
      const entity = stores.entitiesStore.get(at);
      return { entity, target: targetOf(entity, stores) };
    });
  let here = await step(path);
  for (let depth = 0; here.target !== null && depth < DEEPEST; depth += 1) {
    here = await step(here.target);
  }
  return here.entity;
}

/** Where H5Web keeps the view that a person has chosen last. */
const CHOSEN_VIEW = 'h5web:preferredVis';

/**
 * What H5Web will draw first of NXdata or a dataset, so that it can be read while the page is
 * still made. Null if that depends on more than the number of axes.
 */
export function drawnFirst(
  entity: ProvidedEntity,
  { attrValuesStore }: Pick<Stores, 'attrValuesStore'>,
): ValueParams | null {
  let dataset: unknown = entity;
  if ('children' in entity) {
    const { signal } = attrValuesStore.get(entity);
    dataset = entity.children.find(({ name }) => name === signal);
  }
  if (
    !isDrawable(dataset) ||
    findAttribute(entity, 'default_slice') ||
    findAttribute(dataset, 'interpretation') ||
    localStorage.getItem(CHOSEN_VIEW) !== null
  ) {
    return null;
  }
  const { length } = dataset.shape.dims;
  const selection =
    length > 2
      ? [...Array<string>(length - 2).fill('0'), ':', ':'].join(',')
      : undefined;
  return { dataset, selection };
}

function isDrawable(thing: unknown): thing is Dataset<ArrayShape, NumericType> {
  const entity = thing as ProvidedEntity | undefined;
  return (
    entity?.kind === EntityKind.Dataset &&
    hasArrayShape(entity) &&
    hasNumericType(entity)
  );
}

/** Where `default` leads; null at the end of the way. */
function targetOf(
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
