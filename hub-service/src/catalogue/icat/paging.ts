import * as z from 'zod/mini';
import type { AdapterPage } from '../adapter.js';
import { SourceError } from '../adapter.js';
import { readRows, Rows } from '../http/rows.js';
import { type Connection, TooManyEntities } from './api.js';
import { and, type Query } from './jpql.js';
import {
  after,
  type Cursor,
  hasFraction,
  isAfter,
  orderBy,
  readCursor,
  type SortBy,
  writeCursor,
} from './keyset.js';

const Count = z.tuple([z.int()]);
/** Entities that one row of a list brings with it, at a guess. */
const PER_ROW = 20;

export interface ListQuery<S extends z.ZodMiniType> {
  select: string;
  from: string;
  where: string | null;
  include: readonly string[];
  /** Path of the row's id, for instance `i.id`. */
  idPath: string;
  /** What is counted for the total. */
  counted: string;
  sort: SortBy;
  limit: number;
  cursor?: string | undefined;
  schema: S;
  /**
   * The row's value to sort by, as ICAT wrote it, and its id; `null` for a row that has none.
   * Asked of bad rows too: the next part begins after them.
   */
  place: (row: unknown) => RowPlace | null;
  label: string;
}

export interface RowPlace {
  value: string | null;
  id: number;
}

export interface ListPage<Row> extends Pick<
  AdapterPage<unknown>,
  'next' | 'total' | 'leftOut'
> {
  rows: Row[];
}

/** A part of a list by the place where the last part ended, so that none is lost or doubled. */
export async function listPage<S extends z.ZodMiniType>(
  connection: Connection,
  list: ListQuery<S>,
): Promise<ListPage<z.output<S>>> {
  const from =
    list.cursor === undefined ? null : readCursor(list.cursor, list.sort);
  const most = Math.max(1, Math.floor(connection.maxEntities / PER_ROW));
  for (let limit = Math.min(list.limit, most); ;) {
    try {
      return await page(connection, { ...list, limit }, from);
    } catch (error) {
      if (!(error instanceof TooManyEntities)) {
        throw error;
      }
      if (limit === 1) {
        throw new SourceError(
          'too-large',
          `${list.label} gives at most ${connection.maxEntities} records in one answer, and this needs more. Tell the admins of this hub: its limit (maxEntities) is too low.`,
        );
      }
      limit = Math.ceil(limit / 2);
    }
  }
}

async function page<S extends z.ZodMiniType>(
  connection: Connection,
  list: ListQuery<S>,
  from: Cursor | null,
): Promise<ListPage<z.output<S>>> {
  const [total, first] = await Promise.all([
    from?.total ?? count(connection, list),
    fill(connection, list, from),
  ]);
  const raw = first.rows;
  let { more } = first;
  const before = from?.given ?? 0;
  const inUndated = from?.value === null;
  if (
    list.sort.by === 'start' &&
    !more &&
    !inUndated &&
    before + raw.length < total
  ) {
    // What has no start comes last, wherever the database would put it.
    const limit = list.limit - raw.length;
    const undated = await fetch(
      connection,
      { ...list, limit: limit + 1 },
      `${list.sort.path} IS NULL`,
    );
    raw.push(...undated.slice(0, limit));
    more = undated.length > limit;
  }
  const { items: rows, leftOut } = readRows(raw, list.schema, (row) => row);
  const given = before + raw.length;
  const last = raw.map(list.place).findLast((place) => place !== null);
  return {
    rows,
    total,
    ...(leftOut > 0 && { leftOut }),
    ...(more && last && { next: writeCursor({ ...last, total, given }) }),
  };
}

/** The rows after the cursor that have a value to sort by, and whether there are more. */
async function fill<S extends z.ZodMiniType>(
  connection: Connection,
  list: ListQuery<S>,
  from: Cursor | null,
): Promise<{ rows: unknown[]; more: boolean }> {
  const { sort, idPath, limit } = list;
  const dated = sort.by === 'start' ? `${sort.path} IS NOT NULL` : null;
  if (from === null || !isWithinSecond(sort, from)) {
    const undated =
      from?.value === null && sort.by === 'start'
        ? `${sort.path} IS NULL`
        : dated;
    const rest = from && after(sort, from, idPath);
    const rows = await fetch(
      connection,
      { ...list, limit: limit + 1 },
      and(undated, rest),
    );
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }
  // Rows of the same second come again: as many more are asked for as there turn out to be.
  for (let again = limit; ; again *= 2) {
    const asked = limit + 1 + again;
    const where = and(dated, after(sort, from, idPath));
    const rows = await fetch(connection, { ...list, limit: asked }, where);
    const kept = rows.filter((row) => {
      const place = list.place(row);
      return place === null || isAfter(place, from, sort);
    });
    if (kept.length > limit || rows.length < asked) {
      return { rows: kept.slice(0, limit), more: kept.length > limit };
    }
  }
}

const isWithinSecond = (sort: SortBy, { value }: Cursor) =>
  sort.by === 'start' && value !== null && hasFraction(value);

function fetch<S extends z.ZodMiniType>(
  connection: Connection,
  list: ListQuery<S>,
  place: string | null,
): Promise<unknown[]> {
  const query: Query = {
    select: list.select,
    from: list.from,
    where: and(list.where, place),
    orderBy: orderBy(list.sort, list.idPath),
    limit: list.limit,
    include: list.include,
  };
  return connection.query(query, Rows);
}

async function count<S extends z.ZodMiniType>(
  connection: Connection,
  { counted, from, where }: ListQuery<S>,
): Promise<number> {
  const query = { select: `COUNT(${counted})`, from, where };
  const [total] = await connection.query(query, Count);
  return total;
}
