import type { ExperimentPage, ExperimentQuery } from '@beamtime/contract';
import type { Viewer } from './adapter.js';
import { readCursor, START, writeCursor } from './cursor.js';
import { Feed } from './feed.js';
import type { Memory } from './memory.js';
import { merge } from './merge.js';
import { Patience } from './patience.js';
import type { Source } from './source.js';

const DEFAULT_LIMIT = 50;

/** A source with what it has answered. */
export interface Entry {
  source: Source;
  memory: Memory;
}

/**
 * Part of the list of all sources, in the order asked for; see `Catalogue.experiments`.
 *
 * @param patienceMs - see {@link Patience}.
 */
export async function listExperiments(
  entries: readonly Entry[],
  viewer: Viewer,
  query: ExperimentQuery,
  patienceMs: number,
): Promise<Omit<ExperimentPage, 'asOf'> & { askedAt: number | undefined }> {
  const limit = query.limit ?? DEFAULT_LIMIT;
  const cursor = readCursor(query.cursor);
  const feeds = entries.flatMap(({ source, memory }) => {
    const place = cursor.places[source.source];
    const answers = memory.experiments;
    const asked = { viewer, query: { ...query, limit }, answers };
    return place === null ? [] : [new Feed(source, asked, place ?? START)];
  });
  using patience = new Patience(patienceMs);
  const items = await merge(feeds, query, limit, patience);
  const total =
    query.cursor === undefined
      ? sum(feeds.map((feed) => feed.total))
      : cursor.total;
  const known = total === undefined ? {} : { total };
  // A failed source alone is no reason to go on asking: its problem says what is missing.
  const more = feeds.some((feed) => !feed.failed && feed.rest !== null);
  const places = {
    ...cursor.places,
    ...Object.fromEntries(feeds.map((feed) => [feed.source.source, feed.rest])),
  };
  const times = feeds.flatMap(({ askedAt }) => askedAt ?? []);
  return {
    items,
    ...known,
    ...(more && { next: writeCursor({ places, ...known }) }),
    problems: feeds.flatMap(({ problems }) => problems),
    askedAt: times.length > 0 ? Math.min(...times) : undefined,
  };
}

/** `undefined` as soon as one is not known. */
function sum(numbers: readonly (number | undefined)[]): number | undefined {
  return numbers.reduce<number | undefined>(
    (all, one) =>
      all === undefined || one === undefined ? undefined : all + one,
    0,
  );
}
