import { FileFailure } from './failure.js';
import { emscriptenFs, hdf5 } from './hdf5.js';
import type { Target } from './links.js';

const FOLDER = '/plugins';

/**
 * The compressions that come as plugins, by HDF5's registered number. Each address stands
 * here as a literal because that is how the bundler finds the file.
 */
const PLUGINS: ReadonlyMap<number, URL> = new Map([
  [307, new URL('h5wasm-plugins/plugins/libH5Zbz2.so', import.meta.url)],
  [32000, new URL('h5wasm-plugins/plugins/libH5Zlzf.so', import.meta.url)],
  [32001, new URL('h5wasm-plugins/plugins/libH5Zblosc.so', import.meta.url)],
  [32004, new URL('h5wasm-plugins/plugins/libH5Zlz4.so', import.meta.url)],
  [32008, new URL('h5wasm-plugins/plugins/libH5Zbshuf.so', import.meta.url)],
  [32013, new URL('h5wasm-plugins/plugins/libH5Zzfp.so', import.meta.url)],
  [32015, new URL('h5wasm-plugins/plugins/libH5Zzstd.so', import.meta.url)],
  [32019, new URL('h5wasm-plugins/plugins/libH5Zjpeg.so', import.meta.url)],
  [32022, new URL('h5wasm-plugins/plugins/libH5Zbitgroom.so', import.meta.url)],
  [32023, new URL('h5wasm-plugins/plugins/libH5Zbitround.so', import.meta.url)],
  [32026, new URL('h5wasm-plugins/plugins/libH5Zblosc2.so', import.meta.url)],
]);
/** Filters below this number are part of HDF5. */
const FIRST_PLUGIN = 256;
/** How deep virtual datasets of virtual datasets are followed. */
const MAX_DEPTH = 4;

interface Filter {
  id: number;
  name: string;
}

const loaded = new Set<number>();

let isPrepared = false;

/** Tells HDF5 where the plugins will be. */
export function preparePlugins(): void {
  if (isPrepared) {
    return;
  }
  isPrepared = true;
  emscriptenFs().mkdirTree(FOLDER);
  hdf5().insert_plugin_search_path(FOLDER, 0);
}

/** What a dataset is compressed with, the parts of a virtual one too. */
export function compressionOf(dataset: Target): Filter[] {
  return filtersOf(dataset, 0);
}

/**
 * Loads compressions.
 *
 * @throws {FileFailure} naming one that we do not have.
 */
export async function loadFilters(filters: readonly Filter[]): Promise<void> {
  await Promise.all(
    filters
      .filter(({ id }) => id >= FIRST_PLUGIN && !loaded.has(id))
      .map(loadPlugin),
  );
}

async function loadPlugin({ id, name }: Filter): Promise<void> {
  const url = PLUGINS.get(id);
  if (url === undefined) {
    // Names go on: `bitshuffle; see https://…`, `SZ3 compressor for floating-point data.`
    const short = /^[^;.]*/.exec(name)?.[0].trim() ?? '';
    throw new FileFailure({
      kind: 'filter',
      name: short === '' ? `number ${id}` : `${short} (number ${id})`,
    });
  }
  const response = await fetch(url).catch(() => null);
  if (!response?.ok) {
    throw new FileFailure({ kind: 'unreachable', file: url.pathname });
  }
  const library = new Uint8Array(await response.arrayBuffer());
  // HDF5 only looks at files whose names begin with `lib`.
  emscriptenFs().writeFile(`${FOLDER}/libfilter${id}.so`, library);
  loaded.add(id);
}

function filtersOf({ file, path, folder }: Target, depth: number): Filter[] {
  const own = hdf5().get_dataset_filters(file, path);
  // The parts of a virtual dataset are written by one detector: the first tells for all.
  const source = hdf5().get_dataset_metadata(file, path).virtual_sources?.[0];
  if (source === undefined || depth === MAX_DEPTH) {
    return own;
  }
  // `%b` in a name is the number of the part.
  const name = source.file_name.replace(/%\d*b/, '0');
  const part = source.dset_name.replace(/%\d*b/, '0');
  try {
    return [
      ...own,
      ...(name === '.'
        ? filtersOf({ file, path: part, folder }, depth + 1)
        : filtersInFile(
            name.startsWith('/') ? name : `${folder}/${name}`,
            part,
            depth + 1,
          )),
    ];
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
    return own; // The part is missing: HDF5 shows fill values there.
  }
}

function filtersInFile(name: string, path: string, depth: number): Filter[] {
  const file = hdf5().open(name, hdf5().H5F_ACC_RDONLY, false, -1, -1);
  try {
    const folder = name.slice(0, name.lastIndexOf('/'));
    return filtersOf({ file, path, folder }, depth);
  } finally {
    hdf5().close_file(file);
  }
}
