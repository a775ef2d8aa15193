import type { Thumbnail } from '../adapter.js';

const MAX_BYTES = 1024 * 1024;

/** How the allowed kinds of pictures begin. */
const BEGINNINGS = {
  'image/png': [0x89, 0x50, 0x4e, 0x47],
  'image/jpeg': [0xff, 0xd8, 0xff],
} as const;

/** The picture in a data URL, as bytes; `null` if it is none that may be shown as it is. */
export function readPicture(url: string): Thumbnail | null {
  const [, type, base64] =
    /^data:(image\/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]+)$/.exec(url) ?? [];
  if (
    base64 === undefined ||
    base64.length > MAX_BYTES * 1.4 ||
    (type !== 'image/png' && type !== 'image/jpeg')
  ) {
    return null;
  }
  const body = new Uint8Array(Buffer.from(base64, 'base64'));
  return body.length <= MAX_BYTES &&
    BEGINNINGS[type].every((byte, place) => body[place] === byte)
    ? { type, body }
    : null;
}
