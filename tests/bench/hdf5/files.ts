import { link, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  binary,
  inCheckout,
  stateDir,
} from '../../../scripts/shared/paths.mjs';
import { run } from '../../../scripts/shared/run.mjs';
import { step } from '../../../scripts/shared/say.mjs';
import { hashOf, once } from '../../../scripts/shared/stamp.mjs';

export const state = path.join(stateDir, 'bench-hdf5');
const files = path.join(state, 'files');

/** What is in a file, and the size of a frame of its default plot. */
export const FILES = {
  gzip: 1024,
  bslz4: 1024,
  vds: 1024,
  raw: 2048,
  line: 0,
  groups: 0,
} as const;

export type FileName = keyof typeof FILES;

/** Makes the files of the benchmarks, once. */
export async function makeFiles(): Promise<void> {
  const script = inCheckout('tests/bench/hdf5/make_files.py');
  const hash = await hashOf([script]);
  await once('bench-hdf5-files', hash, [path.join(files, 'groups.h5')], () =>
    step('the files of the HDF5 benchmarks', async () => {
      await rm(files, { recursive: true, force: true });
      await run(binary('peer-lab', 'python'), [script, files]);
    }),
  );
}

/**
 * Puts the files into a new folder, as hard links: under these names no browser has kept
 * anything of them.
 */
export async function layOut(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'parts'), { recursive: true });
  for (const each of ['.', 'parts']) {
    for (const name of await readdir(path.join(files, each))) {
      if (name.endsWith('.h5')) {
        await link(path.join(files, each, name), path.join(folder, each, name));
      }
    }
  }
}
