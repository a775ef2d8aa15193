import * as z from 'zod/mini';
import { parseOrRefuse } from '../refusal.js';

/** Where a source's list goes on. */
const Place = z.object({
  /** The source's own cursor of the part; absent for the first. */
  cursor: z.optional(z.string()),
  /** Rows of that part that are on earlier pages. */
  used: z.int().check(z.minimum(0)),
  /** Id of the last of them: it is found again even if rows before it have come or gone. */
  last: z.optional(z.string()),
});
export type Place = z.infer<typeof Place>;

/** Where the merged list goes on: by source, `null` for one that has told all. */
const Cursor = z.object({
  places: z.record(z.string(), z.nullable(Place)),
  total: z.optional(z.int()),
});
export type Cursor = z.infer<typeof Cursor>;

export const START: Place = { used: 0 };

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws {Refusal} `bad-request` if it is none of ours. */
export function readCursor(text: string | undefined): Cursor {
  if (text === undefined) {
    return { places: {} };
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    value = undefined;
  }
  return parseOrRefuse(Cursor, value, 'The cursor');
}
