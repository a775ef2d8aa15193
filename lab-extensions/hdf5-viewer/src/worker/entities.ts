import { Attribute } from 'h5wasm';

import { guarded, hdf5 } from './hdf5.js';
import { childPath, linkAt } from './links.js';
import type { Target } from './links.js';
import type {
  AttributeDescription,
  DatasetDescription,
  EntityDescription,
} from './protocol.js';
import { describeType } from './types.js';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * What stands at `target`, a group with what it holds.
 *
 * @param path - The path by which it was asked for; links may lead from there to `target`.
 */
export function describeEntity(
  target: Target,
  path: string,
): EntityDescription {
  return describe(target.file, target.path, path, false);
}

/** Values of attributes; null for one whose type cannot be read. */
export function readAttributes(
  { file, path }: Target,
  names: readonly string[],
): Record<string, unknown> {
  const values: [string, unknown][] = names.map((name) => {
    try {
      return [
        name,
        guarded((): unknown => new Attribute(file, path, name).json_value),
      ];
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        throw error;
      }
      return [name, null];
    }
  });
  return Object.fromEntries(values);
}

/** Paths of everything below a group, as seen from `path`, by which it was asked for. */
export function pathsBelow(target: Target, path: string): string[] {
  return hdf5()
    .get_names(target.file, target.path, true)
    .map((name) => childPath(path, name));
}

/**
 * @param inner - Path in `file`.
 * @param path - Path as the reader sees it.
 */
function describe(
  file: bigint,
  inner: string,
  path: string,
  isChild: boolean,
): EntityDescription {
  const { H5G_DATASET, H5G_GROUP, H5G_TYPE } = hdf5();
  const named = { name: nameOf(path), path };
  switch (kindOf(file, inner, isChild)) {
    case H5G_GROUP:
      return isChild
        ? { ...named, kind: 'group', attributes: [], children: null }
        : {
            ...named,
            kind: 'group',
            attributes: attributesOf(file, inner),
            children: hdf5()
              .get_names(file, inner, false)
              .map((name) =>
                describe(
                  file,
                  childPath(inner, name),
                  childPath(path, name),
                  true,
                ),
              ),
          };
    case H5G_DATASET:
      return { ...named, ...describeDataset(file, inner) };
    case H5G_TYPE:
      return {
        ...named,
        kind: 'datatype',
        type: describeType(hdf5().get_datatype_metadata(file, inner)),
        attributes: attributesOf(file, inner),
      };
    default:
      return {
        ...named,
        kind: 'unresolved',
        attributes: [],
        link: linkAt(file, inner),
      };
  }
}

/** HDF5's kind of object; -1 for a child that is a link to nothing. */
function kindOf(file: bigint, path: string, isChild: boolean): number {
  try {
    return guarded(() => hdf5().get_type(file, path));
  } catch (error) {
    if (isChild && !(error instanceof WebAssembly.RuntimeError)) {
      return -1;
    }
    throw error;
  }
}

function describeDataset(
  file: bigint,
  path: string,
): Omit<DatasetDescription, 'name' | 'path'> {
  const metadata = hdf5().get_dataset_metadata(file, path);
  return {
    kind: 'dataset',
    dims: metadata.shape,
    type: describeType(metadata),
    chunks: metadata.chunks,
    filters: hdf5()
      .get_dataset_filters(file, path)
      .map(({ id, name }) => ({ id, name })),
    sources: (metadata.virtual_sources ?? []).map((source) => ({
      file: source.file_name,
      path: source.dset_name,
    })),
    attributes: attributesOf(file, path),
  };
}

function attributesOf(file: bigint, path: string): AttributeDescription[] {
  return hdf5()
    .get_attribute_names(file, path)
    .map((name) => {
      const metadata = hdf5().get_attribute_metadata(file, path, name);
      return { name, dims: metadata.shape, type: describeType(metadata) };
    });
}
