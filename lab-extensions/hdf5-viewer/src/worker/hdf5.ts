import { Module, ready } from 'h5wasm';

import type { EmscriptenFs } from './emscripten.js';

/** h5wasm's functions; only after `bootHdf5`. */
export const hdf5 = (): typeof Module => Module;

/** Emscripten's file system, of which h5wasm types only a part. */
export const emscriptenFs = (): EmscriptenFs =>
  Module.FS as unknown as EmscriptenFs;

let booted: Promise<void> | null = null;

/** Waits for WebAssembly, and has HDF5 throw its errors. Once for each worker. */
export function bootHdf5(): Promise<void> {
  return (booted ??= ready.then(() => {
    Module.activate_throwing_error_handler();
    // h5wasm frees the strings of a read that has failed, from memory that was never
    // written: with zeros there, it frees nothing.
    Module._malloc = (size) => Number(calloc(1, size));
  }));
}

function calloc(count: number, size: number): unknown {
  return Module.ccall('calloc', 'number', ['number', 'number'], [count, size]);
}

type Outcome<T> = { value: T } | { error: unknown };

/**
 * Runs calls of HDF5 that may fail. An error is thrown out of the middle of WebAssembly:
 * what it had on its stack would stay there, and the file that the message was written to
 * stay open, until after some thousand errors nothing works any more.
 */
export function guarded<T>(run: () => T): T {
  let outcome: Outcome<T> | undefined;
  const name = `guarded${(depth += 1)}`;
  const call = () => {
    try {
      outcome = { value: run() };
    } catch (error) {
      outcome = { error };
    }
    return 0;
  };
  Object.assign(Module, { [`_${name}`]: call });
  // ccall() restores the stack when it has passed a string.
  Module.ccall(name, null, ['string'], ['']);
  depth -= 1;
  if (outcome !== undefined && 'value' in outcome) {
    return outcome.value;
  }
  closeLeftOver();
  throw outcome?.error;
}

/** Guards may run inside one another; each has a name of its own. */
let depth = 0;

/** What tmpfile() of C makes. */
const MESSAGE_FILE = /^\/tmp\/tmpfile_[^/]+$/;

function closeLeftOver(): void {
  const fs = emscriptenFs();
  for (const stream of fs.streams) {
    if (stream?.path !== undefined && MESSAGE_FILE.test(stream.path)) {
      fs.close(stream);
    }
  }
}
