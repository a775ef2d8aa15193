import type { ExperimentQuery } from '@beamtime/contract';
import * as z from 'zod/mini';
import { parseOrRefuse } from '../../refusal.js';
import { Investigation, Meta } from './records.js';

/** Most parts that are asked for to fill one page. */
const MOST_PARTS = 12;

/** One of ICAT+'s lists, sorted as the others. */
export interface Stream {
  /** Reads a part; the rows as they came. */
  read: (skip: number, limit: number) => Promise<unknown[]>;
}

/**
 * Where each list goes on. ICAT+ counts rows, and one experiment may be in several lists: it is
 * known by its id among those of the same place in the order.
 */
const Cursor = z.strictObject({
  skips: z.array(z.nullable(z.int().check(z.minimum(0)))),
  key: z.string(),
  ids: z.array(z.string()),
});

export interface MergedPage<T> {
  items: T[];
  leftOut: number;
  next?: string;
  /** Of a single list. */
  total?: number;
}

/**
 * A page of several lists as one, each experiment once.
 *
 * @param keep - what becomes of a row of the list with this number; `null` leaves it out.
 */
export async function mergedPage<T>(
  streams: readonly Stream[],
  query: Pick<ExperimentQuery, 'sort' | 'order' | 'cursor'> & { limit: number },
  keep: (row: Investigation, stream: number) => T | null,
): Promise<MergedPage<T>> {
  const { limit } = query;
  const from = readCursor(query.cursor, streams.length);
  const heads = streams.map(
    (stream, place) => new Head(stream, limit, from.skips[place] ?? null),
  );
  let { key, ids } = from;
  const page: MergedPage<T> = { items: [], leftOut: 0 };
  const compare = comparing(query);
  for (let parts = 0; page.items.length < limit;) {
    const empty = heads.filter((head) => head.isEmpty);
    if (empty.length > 0) {
      if (parts >= MOST_PARTS) {
        break;
      }
      parts += empty.length;
      await Promise.all(empty.map((head) => head.fill()));
    }
    const place = first(heads, compare);
    if (place === null) {
      break;
    }
    const row = heads[place]?.take();
    if (!row) {
      page.leftOut += 1;
      continue;
    }
    if (keyOf(row, query) !== key) {
      [key, ids] = [keyOf(row, query), []];
    }
    if (!ids.includes(String(row.id))) {
      const item = keep(row, place);
      // What one list gives no reason to show, another may.
      if (item !== null) {
        ids.push(String(row.id));
        page.items.push(item);
      }
    }
  }
  const [only, ...others] = heads;
  return {
    ...page,
    ...(others.length === 0 &&
      only?.total !== undefined && { total: only.total }),
    ...(heads.some((head) => head.skip !== null) && {
      next: writeCursor({ skips: heads.map((head) => head.skip), key, ids }),
    }),
  };
}

/** What comes next of one list. */
class Head {
  total: number | undefined;
  private rows: (Investigation | null)[] = [];
  private isLast: boolean;

  constructor(
    private readonly stream: Stream,
    private readonly limit: number,
    private start: number | null,
  ) {
    this.isLast = start === null;
  }

  /** Where it goes on; `null` at its end. */
  get skip(): number | null {
    return this.rows.length === 0 && this.isLast ? null : this.start;
  }

  get isEmpty(): boolean {
    return this.rows.length === 0 && !this.isLast;
  }

  /** A row that is not understood comes first, to be out of the way. */
  get next(): Investigation | null | undefined {
    return this.rows[0];
  }

  take(): Investigation | null | undefined {
    this.start = (this.start ?? 0) + 1;
    return this.rows.shift();
  }

  async fill(): Promise<void> {
    const skip = this.start ?? 0;
    const rows = await this.stream.read(skip, this.limit);
    this.rows = rows.map((row) => Investigation.safeParse(row).data ?? null);
    this.total ??= Meta.safeParse(rows[0]).data?.meta.page.total;
    const end = skip + rows.length;
    this.isLast =
      rows.length === 0 ||
      (this.total === undefined ? rows.length < this.limit : end >= this.total);
  }
}

type Compare = (one: Investigation, other: Investigation) => number;

/** Number of the list whose next row comes first; `null` at the end of all. */
function first(heads: readonly Head[], compare: Compare): number | null {
  let found: number | null = null;
  let best: Investigation | undefined;
  for (const [place, { next }] of heads.entries()) {
    if (next === null) {
      return place;
    }
    if (next !== undefined && (!best || compare(next, best) < 0)) {
      [found, best] = [place, next];
    }
  }
  return found;
}

const collator = new Intl.Collator('en', { sensitivity: 'base' });

function comparing({
  sort = 'start',
  order = sort === 'start' ? 'desc' : 'asc',
}: Pick<ExperimentQuery, 'sort' | 'order'>): Compare {
  const sign = order === 'desc' ? -1 : 1;
  return (one, other) => {
    const [a, b] = [keyOf(one, { sort }), keyOf(other, { sort })];
    return sort === 'start'
      ? Number(a === '') - Number(b === '') || sign * (Number(a) - Number(b))
      : sign * collator.compare(a, b);
  };
}

function keyOf(
  row: Investigation,
  { sort = 'start' }: Pick<ExperimentQuery, 'sort'>,
): string {
  if (sort !== 'start') {
    return (sort === 'proposal' ? row.name : row.title) ?? '';
  }
  const time = Date.parse(row.startDate ?? '');
  return Number.isNaN(time) ? '' : String(time);
}

function writeCursor(cursor: z.infer<typeof Cursor>): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function readCursor(
  text: string | undefined,
  lists: number,
): z.infer<typeof Cursor> {
  if (text === undefined) {
    return { skips: Array.from({ length: lists }, () => 0), key: '', ids: [] };
  }
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    read = undefined;
  }
  return parseOrRefuse(Cursor, read, 'The cursor');
}
