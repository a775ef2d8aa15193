import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { ExperimentQuery, Visibility } from '@beamtime/contract';
import * as z from 'zod/mini';
import { readCursor, writeCursor } from './cursor.js';
import { toMatch } from './fold.js';
import {
  bound,
  type Looking,
  REASON,
  type Standing,
  standingOf,
  WHO,
} from './visible.js';

const DEFAULT_LIMIT = 50;
/** A list that is longer is not counted: that could take longer than to find its first rows. */
const COUNTED = 1_000;
const DAY_MS = 86_400_000;

/** The id of the last one, and its place, should it be gone when the next part is asked for. */
const Cursor = z.tuple([z.string(), z.int()]);

const PLACE = { start: 'rid', proposal: 'by_proposal', title: 'by_title' };

const Row = z.object({
  id: z.string(),
  place: z.int(),
  visibility: z.enum(['member', 'staff', 'public']),
});

export interface Found {
  rows: { id: string; visibility: Visibility }[];
  next?: string;
  total?: number;
}

/** What a question comes to: conditions that every row meets, and their values. */
interface Question {
  where: string[];
  values: Record<string, SQLInputValue>;
}

/**
 * Finds the experiments that a viewer may see.
 *
 * @throws {Refusal} `bad-request` if the cursor is not one.
 */
export function search(
  database: DatabaseSync,
  looking: Looking,
  query: ExperimentQuery,
): Found {
  const { text = '', limit = DEFAULT_LIMIT, cursor, sort = 'start' } = query;
  const match = toMatch(text);
  if (match === 'nothing') {
    return { rows: [], total: 0 };
  }
  const column = PLACE[sort];
  // Rows are numbered from the newest, so that the greatest number comes last by default.
  const rising = (query.order === 'asc') === (sort !== 'start') || !query.order;
  const question = narrowed(database, looking, query);
  const sources = match
    ? sourcesOf(standingOf(database, looking), match)
    : [{ from: 'listing l', where: [] }];
  for (const source of sources) {
    Object.assign(question.values, source.values);
  }
  const after = cursor === undefined ? null : placeOf(database, column, cursor);
  // With FTS5 the order of rows is for nothing, and so is where it begins.
  const place = column === 'rid' && match ? 'search.rowid' : `l.${column}`;
  const part = (source: Source, what: string, more: string[], rest: string) =>
    `select ${what} from ${source.from} where ${[...source.where, ...question.where, ...more].join(' and ')} ${rest}`;
  const order = `order by place ${rising ? 'asc' : 'desc'} limit ${String(limit + 1)}`;
  const parts = sources.map(
    (source) =>
      `select * from (${part(
        source,
        `l.id, ${place} as place, ${REASON} as visibility`,
        after === null ? [] : [`${place} ${rising ? '>' : '<'} $after`],
        order,
      )})`,
  );
  const rows = z
    .array(Row)
    .parse(
      database
        .prepare(`with ${WHO} ${parts.join(' union ')} ${order}`)
        .all({ ...question.values, ...(after !== null && { $after: after }) }),
    );
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  if (!last && after === null) {
    return { rows: items, total: items.length };
  }
  const counted = sources.map(
    (source) =>
      `select * from (${part(source, 'l.rid', [], `limit ${String(COUNTED + 1)}`)})`,
  );
  const total = Number(
    database
      .prepare(
        `with ${WHO} select count(*) as total from (${counted.join(' union ')})`,
      )
      .get(question.values)?.['total'],
  );
  return {
    rows: items,
    ...(total <= COUNTED && { total }),
    ...(last && { next: writeCursor([last.id, last.place]) }),
  };
}

interface Source {
  from: string;
  where: string[];
  values?: Record<string, string>;
}

/**
 * Where the words are looked for. The public is not told who was there, so it does not find by
 * people either: those who may see people of some experiments look twice.
 */
function sourcesOf(
  { all, some }: Standing,
  match: { all: string; open: string },
): Source[] {
  // A cross join keeps the order: from the words to the rows.
  const from = 'search cross join listing l on l.rid = search.rowid';
  const everything: Source = {
    from,
    where: ['search match $all'],
    values: { $all: match.all },
  };
  const open: Source = {
    from,
    where: ['search match $open'],
    values: { $open: match.open },
  };
  if (all) {
    return [everything];
  }
  const own = `(search.rowid in (select rid from mine) or l.instrument in (select id from my_instrument))`;
  return some
    ? [open, { ...everything, where: [...everything.where, own] }]
    : [open];
}

function narrowed(
  database: DatabaseSync,
  looking: Looking,
  { scope = 'all', instruments = [], cycle, from, to }: ExperimentQuery,
): Question {
  const values: Question['values'] = bound(looking);
  const where: string[] = [];
  switch (scope) {
    case 'mine':
      where.push('l.rid in (select rid from mine)');
      break;
    case 'instrument':
      where.push('l.instrument in (select id from my_instrument)');
      break;
    case 'public':
      where.push('l.release_at <= $now');
      break;
    case 'embargoed':
      where.push(
        '(l.release_at is null or l.release_at > $now)',
        `${REASON} is not null`,
      );
      break;
    case 'all':
      where.push(`${REASON} is not null`);
  }
  if (instruments.length > 0) {
    // Few names: as values of their own, an index serves for both them and the order.
    const names = instruments.map((name, at) => {
      values[`$instrument${String(at)}`] = name;
      return `$instrument${String(at)}`;
    });
    where.push(
      `l.instrument in (select id from instrument where name in (${names.join(', ')}))`,
    );
  }
  if (cycle !== undefined) {
    values['$cycle'] = cycle;
    where.push('l.cycle = $cycle');
  }
  if (from !== undefined || to !== undefined) {
    // The rows of a time lie together.
    const until = to === undefined ? '9999' : dayAfter(to);
    values['$first'] = ridAt(database, 'start_key < ?', 'desc', until);
    values['$last'] = ridAt(
      database,
      `start_key > '' and start_key >= ?`,
      'asc',
      from ?? '',
    );
    where.push('l.rid between $first and $last');
  }
  return { where, values };
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString();
}

/** The first or last row of a time; null, which nothing lies beside, if there is none. */
function ridAt(
  database: DatabaseSync,
  condition: string,
  order: 'asc' | 'desc',
  value: string,
): number | null {
  const row = database
    .prepare(
      `select rid from listing where ${condition}
       order by start_key ${order}, rid ${order === 'desc' ? 'asc' : 'desc'} limit 1`,
    )
    .get(value);
  return typeof row?.['rid'] === 'number' ? row['rid'] : null;
}

function placeOf(
  database: DatabaseSync,
  column: string,
  cursor: string,
): number {
  const [id, place] = readCursor(Cursor, cursor);
  const row = database
    .prepare(`select ${column} as place from listing where id = ?`)
    .get(id);
  const now = row?.['place'];
  return typeof now === 'number' ? now : place;
}
