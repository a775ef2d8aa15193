import { Module } from 'h5wasm';

import type { EmscriptenFs } from './emscripten.js';

/** h5wasm's functions; only after its `ready`. */
export const hdf5 = (): typeof Module => Module;

/** Emscripten's file system, of which h5wasm types only a part. */
export const emscriptenFs = (): EmscriptenFs =>
  Module.FS as unknown as EmscriptenFs;
