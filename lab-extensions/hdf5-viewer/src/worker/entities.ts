import { Attribute } from 'h5wasm';

import { hdf5 } from './hdf5.js';
import type {
  AttributeDescription,
  DatasetDescription,
  EntityDescription,
  LinkDescription,
} from './protocol.js';
import { describeType } from './types.js';

/** The path of `name` in the group at `path`. */
export const childPath = (path: string, name: string): string =>
  path === '/' ? `/${name}` : `${path}/${name}`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** What stands at `path` of the open file, a group with what it holds. */
export function describeEntity(file: bigint, path: string): EntityDescription {
  return describe(file, path, false);
}

/** Values of attributes; null for one whose type cannot be read. */
export function readAttributes(
  file: bigint,
  path: string,
  names: readonly string[],
): Record<string, unknown> {
  const values: [string, unknown][] = names.map((name) => {
    try {
      return [name, new Attribute(file, path, name).json_value];
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        throw error;
      }
      return [name, null];
    }
  });
  return Object.fromEntries(values);
}

/** Paths of everything below the group at `path`. */
export function pathsBelow(file: bigint, path: string): string[] {
  return hdf5()
    .get_names(file, path, true)
    .map((name) => childPath(path, name));
}

function describe(
  file: bigint,
  path: string,
  isChild: boolean,
): EntityDescription {
  const { H5G_DATASET, H5G_GROUP, H5G_TYPE } = hdf5();
  const named = { name: nameOf(path), path };
  switch (kindOf(file, path, isChild)) {
    case H5G_GROUP:
      return isChild
        ? { ...named, kind: 'group', attributes: [], children: null }
        : {
            ...named,
            kind: 'group',
            attributes: attributesOf(file, path),
            children: hdf5()
              .get_names(file, path, false)
              .map((name) => describe(file, childPath(path, name), true)),
          };
    case H5G_DATASET:
      return { ...named, ...describeDataset(file, path) };
    case H5G_TYPE:
      return {
        ...named,
        kind: 'datatype',
        type: describeType(hdf5().get_datatype_metadata(file, path)),
        attributes: attributesOf(file, path),
      };
    default:
      return {
        ...named,
        kind: 'unresolved',
        attributes: [],
        link: linkAt(file, path),
      };
  }
}

/** HDF5's kind of object; -1 for a child that is a link to nothing. */
function kindOf(file: bigint, path: string, isChild: boolean): number {
  try {
    return hdf5().get_type(file, path);
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

function linkAt(file: bigint, path: string): LinkDescription | null {
  try {
    const target = softTarget(file, path);
    if (target !== null) {
      return { class: 'Soft', path: target };
    }
    const external = externalTarget(file, path);
    if (external.filename !== undefined) {
      return {
        class: 'External',
        file: external.filename,
        path: external.obj_path ?? '/',
      };
    }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
  }
  return null;
}

// h5wasm's types promise an answer even where the link is of another kind.

const softTarget = (file: bigint, path: string): string | null =>
  hdf5().get_symbolic_link(file, path);

const externalTarget = (
  file: bigint,
  path: string,
): { filename?: string; obj_path?: string } =>
  hdf5().get_external_link(file, path);
