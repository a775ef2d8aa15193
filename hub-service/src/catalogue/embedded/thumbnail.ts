import { open, realpath } from 'node:fs/promises';
import type { Thumbnail } from '../adapter.js';
import { isBelow } from './paths.js';

const MOST_BYTES = 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** Reads a picture that lies in one of the folders, links followed; `null` for anything else. */
export async function readThumbnail(
  path: string,
  roots: readonly string[],
): Promise<Thumbnail | null> {
  if (!isBelow(path, roots)) {
    return null;
  }
  const file = await open(path, 'r').catch(() => null);
  if (!file) {
    return null;
  }
  try {
    // Where it is that was opened: a link could be changed after a look at its name.
    const place = await realpath(`/proc/self/fd/${String(file.fd)}`);
    const known = await Promise.all(
      roots.map((root) => realpath(root).catch(() => root)),
    );
    const found = await file.stat();
    if (!isBelow(place, known) || !found.isFile() || found.size > MOST_BYTES) {
      return null;
    }
    const body = await file.readFile();
    const type = typeOf(body);
    return type && body.length <= MOST_BYTES ? { type, body } : null;
  } finally {
    await file.close();
  }
}

function typeOf(body: Buffer): Thumbnail['type'] | null {
  return body.subarray(0, PNG.length).equals(PNG)
    ? 'image/png'
    : body.subarray(0, JPEG.length).equals(JPEG)
      ? 'image/jpeg'
      : null;
}
