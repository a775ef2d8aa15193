import type { Thumbnail } from '../catalogue/adapter.js';
import { Refusal } from '../refusal.js';

const MOST_BYTES = 1024 * 1024;

/** How files of each type that browsers are given begin. */
const BEGINNINGS: Record<string, readonly number[]> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
};

/**
 * Takes a picture only if it is one, of a type without scripts: it comes from a catalogue.
 *
 * @throws {Refusal} `not-found` if it is not.
 */
export function checkPicture({ type, body }: Thumbnail): Buffer {
  const beginning = BEGINNINGS[type];
  if (
    body.byteLength > MOST_BYTES ||
    beginning?.every((byte, at) => body[at] === byte) !== true
  ) {
    throw new Refusal(
      'not-found',
      'The catalogue’s picture of this dataset is no PNG or JPEG of at most 1 MiB, and is not shown.',
    );
  }
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
