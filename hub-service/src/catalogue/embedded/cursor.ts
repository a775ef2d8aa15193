import type * as z from 'zod/mini';
import { parseOrRefuse } from '../../refusal.js';

export function writeCursor(place: unknown): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws {Refusal} `bad-request` if it is not a cursor of this kind. */
export function readCursor<S extends z.ZodMiniType>(
  schema: S,
  cursor: string,
): z.output<S> {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    place = undefined;
  }
  return parseOrRefuse(schema, place, 'The cursor');
}
