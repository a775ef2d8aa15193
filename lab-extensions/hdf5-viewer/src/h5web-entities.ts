import { EntityKind, parseShape } from '@h5web/app';
import type {
  Attribute,
  ChildEntity,
  Dataset,
  ProvidedEntity,
} from '@h5web/app';

import { toDType } from './h5web-types.js';
import type {
  AttributeDescription,
  DatasetDescription,
  EntityDescription,
} from './worker/protocol.js';

/** What the worker tells of an entity, in H5Web's words. */
export function toEntity(entity: EntityDescription): ProvidedEntity {
  if (entity.kind !== 'group') {
    return toLeaf(entity);
  }
  return {
    ...toGroup(entity),
    children: (entity.children ?? []).map(toChild),
  };
}

function toChild(entity: EntityDescription): ChildEntity {
  return entity.kind === 'group' ? toGroup(entity) : toLeaf(entity);
}

type Leaf = Exclude<EntityDescription, { kind: 'group' }>;

const toGroup = (entity: EntityDescription) => ({
  ...named(entity),
  kind: EntityKind.Group as const,
});

function toLeaf(
  entity: Leaf,
): Exclude<ChildEntity, { kind: EntityKind.Group }> {
  switch (entity.kind) {
    case 'dataset':
      return toDataset(entity);
    case 'datatype':
      return {
        ...named(entity),
        kind: EntityKind.Datatype,
        type: toDType(entity.type),
      };
    case 'unresolved':
      return {
        ...named(entity),
        kind: EntityKind.Unresolved,
        ...(entity.link === null ? {} : { link: entity.link }),
      };
  }
}

function toDataset(entity: DatasetDescription): Dataset {
  return {
    ...named(entity),
    kind: EntityKind.Dataset,
    shape: parseShape(entity.dims),
    type: toDType(entity.type),
    filters: entity.filters,
    ...(entity.chunks === null ? {} : { chunks: entity.chunks }),
    ...(entity.sources.length === 0 ? {} : { virtualSources: entity.sources }),
  };
}

const named = ({ name, path, attributes }: EntityDescription) => ({
  name,
  path,
  attributes: attributes.map(toAttribute),
});

const toAttribute = (attribute: AttributeDescription): Attribute => ({
  name: attribute.name,
  shape: parseShape(attribute.dims),
  type: toDType(attribute.type),
});
