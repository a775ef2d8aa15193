import { EntityKind } from '@h5web/app';
import type { ChildEntity, ProvidedEntity, useDataContext } from '@h5web/app';

import { toEntity } from './h5web-entities.js';
import type { Reader } from './reader.js';
import type { ValueParams, ValuesStore } from './watch-values.js';

type EntitiesStore = ReturnType<typeof useDataContext>['entitiesStore'];

/**
 * Reads anew what is shown of a file that has grown, and puts it in the place of the old:
 * nothing disappears meanwhile, and the place is kept.
 *
 * @param drawn - What H5Web draws with.
 * @throws What the reader throws; then all stays as it was.
 */
export async function renew(
  drawn: readonly ValueParams[],
  reader: Reader,
  stores: { entitiesStore: EntitiesStore; valuesStore: ValuesStore },
): Promise<void> {
  const groups = new Set(drawn.map(({ dataset }) => parentOf(dataset.path)));
  const [entities, values] = await Promise.all([
    Promise.all([...groups].map((path) => reader.entity(path))),
    Promise.all(
      drawn.map(({ dataset, selection }) =>
        reader.value(dataset.path, selection ?? null),
      ),
    ),
  ]);
  const { entitiesStore, valuesStore } = stores;
  const put = (entity: ProvidedEntity) => {
    entitiesStore.evict(entity.path);
    entitiesStore.preset(entity.path, entity);
  };
  for (const entity of entities) {
    const group = toEntity(entity);
    put(group);
    // H5Web takes datasets from the group that they are in, or by their own paths.
    childrenOf(group).filter(isLeaf).forEach(put);
  }
  drawn.forEach((params, index) => {
    const fresh = entities
      .flatMap((entity) => childrenOf(toEntity(entity)))
      .find(({ path }) => path === params.dataset.path);
    // H5Web keeps the signal of NXdata in a state of its own: it must be the same object.
    Object.assign(params.dataset, fresh);
    valuesStore.evict(params);
    valuesStore.preset(params, values[index]);
  });
}

const childrenOf = (entity: ProvidedEntity): ChildEntity[] =>
  'children' in entity ? entity.children : [];

const parentOf = (path: string): string =>
  path.slice(0, Math.max(1, path.lastIndexOf('/')));

const isLeaf = (
  entity: ChildEntity,
): entity is Exclude<ChildEntity, { kind: EntityKind.Group }> =>
  entity.kind !== EntityKind.Group;
