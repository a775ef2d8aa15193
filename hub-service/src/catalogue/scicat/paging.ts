import type { ExperimentQuery } from '@beamtime/contract';
import * as z from 'zod/mini';
import { parseOrRefuse } from '../../refusal.js';
import { ProposalPlace } from './records.js';
import type { Where } from './where.js';

const DEFAULT_LIMIT = 50;
/** Any date that SciCat can have is later: a condition that only what has a date fulfils. */
const BEGINNING = '0001-01-01T00:00:00.000Z';

/** After which rows the next part begins. */
const Cursor = z.union([
  /** The last row's sort key, and the proposals with this key that have been given. */
  z.strictObject({ at: z.string(), seen: z.array(z.string()) }),
  /** How many of those without a start have been given: they come last. */
  z.strictObject({ undated: z.int().check(z.minimum(0)) }),
]);
type Cursor = z.infer<typeof Cursor>;

/** SciCat sorts by one key only. */
export interface Limits {
  skip: number;
  limit: number;
  order: string;
}

type Fetch = (where: Where, limits: Limits) => Promise<readonly unknown[]>;

/**
 * Part of a list of proposals, in the order asked for. SciCat sorts by one key, and what is equal
 * there may change places between two questions: each part therefore asks from the last key on,
 * and takes out what has been given of it. No row is lost or doubled.
 */
export async function page(
  query: ExperimentQuery,
  conditions: readonly Where[],
  fetch: Fetch,
): Promise<{ rows: unknown[]; next?: string }> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const { key, direction } = sortOf(query);
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor);
  const rows: unknown[] = [];
  if (cursor === null || 'at' in cursor) {
    const dated = await keyed({ key, direction, limit, cursor });
    rows.push(...dated.rows);
    const isDated = (query.from ?? query.to) !== undefined;
    if (dated.next || key !== 'startTime' || isDated) {
      return { rows, ...(dated.next && { next: writeCursor(dated.next) }) };
    }
  }
  const skip = cursor && 'undated' in cursor ? cursor.undated : 0;
  const room = limit - rows.length;
  const undated = await fetch(
    and([...conditions, { startTime: null }]),
    // Their ids are theirs alone, so that counting is safe.
    { skip, limit: room + 1, order: 'proposalId:asc' },
  );
  rows.push(...undated.slice(0, room));
  return {
    rows,
    ...(undated.length > room && {
      next: writeCursor({ undated: skip + room }),
    }),
  };

  async function keyed({
    key,
    direction,
    limit,
    cursor,
  }: {
    key: SortKey;
    direction: 'asc' | 'desc';
    limit: number;
    cursor: Extract<Cursor, { at: string }> | null;
  }): Promise<{ rows: unknown[]; next?: Cursor }> {
    const at = cursor?.at;
    const seen = cursor?.seen ?? [];
    const answer = await fetch(
      and([...conditions, ...range(key, direction, at)]),
      {
        skip: 0,
        limit: limit + seen.length + 1,
        order: `${key}:${direction}`,
      },
    );
    const fresh = answer.filter((row) => {
      const place = ProposalPlace.safeParse(row);
      return !place.success || !seen.includes(place.data.proposalId);
    });
    const rows = fresh.slice(0, limit);
    const places = rows.flatMap((row) => placeOf(row, key));
    const last = places.at(-1)?.at;
    if (fresh.length <= limit || last === undefined) {
      return { rows };
    }
    const same = places.filter((place) => place.at === last);
    return {
      rows,
      next: {
        at: last,
        seen: [...(last === at ? seen : []), ...same.map(({ id }) => id)],
      },
    };
  }
}

type SortKey = 'startTime' | 'proposalId' | 'title';

function sortOf({
  sort = 'start',
  order = sort === 'start' ? 'desc' : 'asc',
}: ExperimentQuery): { key: SortKey; direction: 'asc' | 'desc' } {
  const keys = {
    start: 'startTime',
    proposal: 'proposalId',
    title: 'title',
  } as const;
  return { key: keys[sort], direction: order };
}

function range(
  key: SortKey,
  direction: 'asc' | 'desc',
  at: string | undefined,
): Where[] {
  return [
    ...(key === 'startTime' ? [{ startTime: { $gte: BEGINNING } }] : []),
    ...(at === undefined
      ? []
      : [{ [key]: direction === 'desc' ? { $lte: at } : { $gte: at } }]),
  ];
}

function placeOf(row: unknown, key: SortKey): { id: string; at: string }[] {
  const place = ProposalPlace.safeParse(row);
  const at = place.success ? place.data[key] : undefined;
  return place.success && typeof at === 'string'
    ? [{ id: place.data.proposalId, at }]
    : [];
}

const and = (conditions: readonly Where[]): Where =>
  conditions.length === 0 ? {} : { $and: conditions };

function writeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(text: string): Cursor {
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    read = undefined;
  }
  return parseOrRefuse(Cursor, read, 'The cursor');
}
