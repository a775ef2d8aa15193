import * as z from 'zod/mini';
import { parseOrRefuse } from '../../refusal.js';
import { literal, or, timestamp } from './jpql.js';

/** By what a list is sorted; those without a start come last, whatever the database thinks. */
export type SortBy = {
  by: 'start' | 'text';
  path: string;
  descending: boolean;
};

/** After which row the next part begins. */
const Cursor = z.strictObject({
  /** The row's value, a date as ICAT writes it; `null` where it has no start. */
  value: z.nullable(z.string().check(z.maxLength(1_000))),
  id: z.int(),
  /** How many there are in all, and how many of them have been given. */
  total: z.int(),
  given: z.int(),
});
export type Cursor = z.infer<typeof Cursor>;

export function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** @throws {Refusal} `bad-request` for what is not one of ours. */
export function readCursor(text: string, sort: SortBy): Cursor {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    read = undefined;
  }
  const cursor = parseOrRefuse(Cursor, read, 'The cursor');
  if (sort.by === 'start' && cursor.value !== null) {
    parseOrRefuse(z.string().check(z.regex(DATE)), cursor.value, 'The cursor');
  }
  return cursor;
}

/** A date as ICAT writes it: `2025-01-08T08:00:00.000+01:00`, in the clock of its machine. */
const DATE =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The rows that come after one, in the same order. */
export function after(
  { by, path, descending }: SortBy,
  { value, id }: Pick<Cursor, 'value' | 'id'>,
  idPath: string,
): string {
  const past = descending ? '<' : '>';
  if (value === null) {
    return `${idPath} ${past} ${id}`;
  }
  if (by === 'text') {
    const text = `UPPER(${literal(value)})`;
    const same = `(UPPER(${path}) = ${text} AND ${idPath} ${past} ${id})`;
    return or(`UPPER(${path}) ${past} ${text}`, same);
  }
  // A query knows only whole seconds: a part of one is asked for again and taken out after.
  const [, second = ''] = DATE.exec(value) ?? [];
  const ts = timestamp(second);
  if (hasFraction(value)) {
    return descending
      ? `${path} < ${timestamp(nextSecond(second))}`
      : `${path} >= ${ts}`;
  }
  return or(
    `${path} ${past} ${ts}`,
    `(${path} = ${ts} AND ${idPath} ${past} ${id})`,
  );
}

/** Whether a row of the answer really comes after the cursor's. */
export function isAfter(
  row: { value: string | null; id: number },
  cursor: Pick<Cursor, 'value' | 'id'>,
  { by, descending }: SortBy,
): boolean {
  if (by === 'text' || cursor.value === null || row.value === null) {
    return true; // The query said so exactly.
  }
  const apart =
    Date.parse(row.value) - Date.parse(cursor.value) || row.id - cursor.id;
  return descending ? apart < 0 : apart > 0;
}

export function orderBy(
  { by, path, descending }: SortBy,
  idPath: string,
): string {
  const way = descending ? 'DESC' : 'ASC';
  const key = by === 'text' ? `UPPER(${path})` : path;
  return `${key} ${way}, ${idPath} ${way}`;
}

export function hasFraction(value: string): boolean {
  return /\.\d*[1-9]/.test(value);
}

function nextSecond(wall: string): string {
  return new Date(Date.parse(`${wall}Z`) + 1_000).toISOString().slice(0, 19);
}
