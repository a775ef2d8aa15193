import { failureOf } from './hdf5-error.js';
import { FileFailure } from './failure.js';
import { guarded, hdf5 } from './hdf5.js';
import type { Failure } from './protocol.js';
import type { RemoteFile } from './remote-file.js';
import type { RemoteFs } from './remote-fs.js';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** HDF5's signature stands at 0, or behind a user block of 512 · 2ⁿ bytes. */
const FIRST_USER_BLOCK = 512;
const LAST_USER_BLOCK = 65_536;

export interface Opening {
  /** HDF5's id of the file. */
  id: bigint;
  /** Whether it was opened as one that is being written (SWMR), and so is what it names. */
  growing: boolean;
}

/**
 * Opens the HDF5 file at `path` of Emscripten's file system.
 *
 * @param file - The same file, to say why it cannot be opened.
 * @throws {FileFailure} with the reason.
 */
export function openHdf5(
  path: string,
  file: RemoteFile,
  remote: RemoteFs,
): Opening {
  if (file.size === 0) {
    throw new FileFailure({ kind: 'empty' });
  }
  if (!hasSignature(file)) {
    throw new FileFailure({
      kind: 'not-hdf5',
      netcdf3: startsWith(file, 'CDF'),
    });
  }
  const first = tryOpen(path, hdf5().H5F_ACC_RDONLY, remote);
  if (typeof first === 'bigint') {
    return { id: first, growing: false };
  }
  // Only a file that is being written is opened as such: that mode does not see that a
  // file is cut short, and tries again and again to read what is not there.
  if (first.kind !== 'being-written') {
    throw new FileFailure(first);
  }
  const second = openGrowing(path, remote);
  if (typeof second === 'bigint') {
    return { id: second, growing: true };
  }
  throw new FileFailure(second.kind === 'unreadable' ? first : second);
}

/** Opens a file as one that is being written; gives HDF5's id, or why that cannot be. */
export function openGrowing(path: string, remote: RemoteFs): bigint | Failure {
  return tryOpen(path, hdf5().H5F_ACC_SWMR_READ, remote);
}

function tryOpen(
  path: string,
  mode: number,
  remote: RemoteFs,
): bigint | Failure {
  remote.takeProblem();
  try {
    const id = guarded(() => hdf5().open(path, mode, false, -1, -1));
    if (id >= 0n) {
      return id;
    }
  } catch (error) {
    return remote.takeProblem() ?? failureOf(error);
  }
  return { kind: 'unreadable', detail: 'HDF5 does not open it.' };
}

function hasSignature(file: RemoteFile): boolean {
  for (
    let at = 0;
    at <= LAST_USER_BLOCK;
    at = at === 0 ? FIRST_USER_BLOCK : at * 2
  ) {
    const bytes = new Uint8Array(SIGNATURE.length);
    file.read(at, bytes.length, bytes, 0);
    if (SIGNATURE.every((byte, i) => bytes[i] === byte)) {
      return true;
    }
  }
  return false;
}

function startsWith(file: RemoteFile, text: string): boolean {
  const bytes = new Uint8Array(text.length);
  file.read(0, bytes.length, bytes, 0);
  return new TextDecoder('latin1').decode(bytes) === text;
}
