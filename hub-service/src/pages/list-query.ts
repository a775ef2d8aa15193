import type { ExperimentQuery, Scope } from '@beamtime/contract';
import * as z from 'zod/mini';

/** Rows of one page. */
const LIMIT = 50;

const ORDERS = {
  newest: { sort: 'start', order: 'desc' },
  oldest: { sort: 'start', order: 'asc' },
  number: { sort: 'proposal', order: 'asc' },
  title: { sort: 'title', order: 'asc' },
} as const satisfies Record<string, Pick<ExperimentQuery, 'sort' | 'order'>>;

const text = (most: number) =>
  z.catch(z._default(z.string().check(z.maxLength(most)), ''), '');

/** The page's own query. What makes no sense in it is left out: it is a page for people. */
const ListQuery = z.object({
  text: text(200),
  instrument: text(200),
  /** `2026`, or `cycle:` and its name. */
  when: text(200),
  /** Empty for what the page chooses by itself. */
  scope: z.catch(
    z._default(
      z.enum(['', 'all', 'mine', 'instrument', 'embargoed', 'public']),
      '',
    ),
    '',
  ),
  sort: z.catch(
    z._default(z.enum(['newest', 'oldest', 'number', 'title']), 'newest'),
    'newest',
  ),
  cursor: text(4000),
});
export type ListQuery = z.infer<typeof ListQuery>;

export function readListQuery(query: unknown): ListQuery {
  return ListQuery.parse(query);
}

/** The same as the catalogue understands it. */
export function toExperimentQuery(
  query: ListQuery,
  scope: Scope,
): ExperimentQuery {
  const { instrument, when, cursor } = query;
  const sought = query.text.trim();
  const [, year] = /^(\d{4})$/.exec(when) ?? [];
  const [, cycle] = /^cycle:(.+)$/.exec(when) ?? [];
  return {
    scope,
    limit: LIMIT,
    ...ORDERS[query.sort],
    ...(sought !== '' && { text: sought }),
    ...(instrument !== '' && { instruments: [instrument] }),
    ...(year !== undefined && { from: `${year}-01-01`, to: `${year}-12-31` }),
    ...(cycle !== undefined && { cycle }),
    ...(cursor !== '' && { cursor }),
  };
}

/** Whether something is sought, so that an empty list does not mean that there is nothing. */
export function isNarrowed({ text, instrument, when }: ListQuery): boolean {
  return text.trim() !== '' || instrument !== '' || when !== '';
}

/** The page's address for this query, with some of it changed; a changed query begins anew. */
export function addressOf(
  prefix: string,
  query: ListQuery,
  change: Partial<ListQuery> = {},
): string {
  const all = { ...query, cursor: '', ...change };
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) {
    if (value !== '' && !(name === 'sort' && value === 'newest')) {
      parts.set(name, value);
    }
  }
  const text = parts.toString();
  return text === '' ? prefix : `${prefix}?${text}`;
}
