import { ExperimentQuery } from '@beamtime/contract';

/** What the panel is set to show, and how. */
export interface Wish {
  /** Filters and sort, without text and part. */
  query: Omit<ExperimentQuery, 'text' | 'limit' | 'cursor'>;
  /** Only what the person has marked or opened; `query` narrows it further. */
  only: 'favourites' | 'recent' | null;
  layout: 'cards' | 'table';
}

export const EVERYTHING: Wish = { query: {}, only: null, layout: 'cards' };

/** Reads what was remembered; what cannot be read is as at the first time. */
export function readWish(value: unknown): Wish {
  if (typeof value !== 'object' || value === null) {
    return EVERYTHING;
  }
  const { query, only, layout }: Partial<Record<keyof Wish, unknown>> = value;
  const parsed = ExperimentQuery.safeParse(query);
  const kept = parsed.success ? parsed.data : {};
  delete kept.text;
  delete kept.limit;
  delete kept.cursor;
  return {
    query: kept,
    only: only === 'favourites' || only === 'recent' ? only : null,
    layout: layout === 'table' ? 'table' : 'cards',
  };
}

/** The calendar year to which a query is narrowed. */
export function yearOf({ from, to }: Wish['query']): number | null {
  const [, year] = /^(\d{4})-01-01$/.exec(from ?? '') ?? [];
  return year !== undefined && to === `${year}-12-31` ? Number(year) : null;
}

/** Narrows a query to a year, a run or, with `null`, no time. */
export function within(
  query: Wish['query'],
  when: number | string | null,
): Wish['query'] {
  const rest = { ...query };
  delete rest.cycle;
  delete rest.from;
  delete rest.to;
  if (when === null) {
    return rest;
  }
  return typeof when === 'string'
    ? { ...rest, cycle: when }
    : { ...rest, from: `${when}-01-01`, to: `${when}-12-31` };
}

/** A filter that is set, in the order in which it is offered to be dropped. */
export type Narrowing = 'only' | 'scope' | 'instruments' | 'when';

export function narrowings({ query, only }: Wish): Narrowing[] {
  const { scope = 'all', instruments = [], cycle, from, to } = query;
  const set: [Narrowing, boolean][] = [
    ['instruments', instruments.length > 0],
    ['when', [cycle, from, to].some((part) => part !== undefined)],
    ['scope', scope !== 'all'],
    ['only', only !== null],
  ];
  return set.filter(([, is]) => is).map(([which]) => which);
}

/** The same without one of its filters. */
export function without(wish: Wish, which: Narrowing): Wish {
  const query = { ...wish.query };
  switch (which) {
    case 'only':
      return { ...wish, only: null };
    case 'scope':
      delete query.scope;
      return { ...wish, query };
    case 'instruments':
      delete query.instruments;
      return { ...wish, query };
    case 'when':
      return { ...wish, query: within(query, null) };
  }
}
