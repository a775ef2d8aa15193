import type { Filters } from '@beamtime/contract';
import type { Viewer } from './adapter.js';
import type { Entry } from './listing.js';
import { Patience } from './patience.js';

type Values = Omit<Filters, 'problems'>;

/**
 * What the list of all sources can be narrowed to; a source that fails is named.
 *
 * @param patienceMs - see {@link Patience}.
 */
export async function listFilters(
  entries: readonly Entry[],
  viewer: Viewer,
  patienceMs: number,
): Promise<Filters> {
  using patience = new Patience(patienceMs);
  const replies = await Promise.all(
    entries.map(async ({ source, memory }) => {
      const reply = await source.reply(viewer, {
        question: [],
        answers: memory.filters,
        ask: (asking) => source.adapter.filters(asking),
        over: patience.over,
      });
      if (reply?.ok === true) {
        patience.answered();
      }
      return reply;
    }),
  );
  return {
    ...joinFilters(
      replies.flatMap((reply) => (reply?.ok === true ? [reply.value] : [])),
    ),
    problems: replies.flatMap((reply) =>
      reply === null ? [] : reply.ok ? reply.problems : [reply.problem],
    ),
  };
}

/** What the lists of several sources can be narrowed to. */
function joinFilters(all: readonly Values[]): Values {
  const instruments = new Map<string, Values['instruments'][number]>();
  for (const instrument of all.flatMap((one) => one.instruments)) {
    instruments.set(instrument.name, {
      ...instrument,
      ...instruments.get(instrument.name),
    });
  }
  const unique = <T>(values: T[]) => [...new Set(values)];
  return {
    instruments: [...instruments.values()].sort((one, other) =>
      one.name.localeCompare(other.name, 'en', { numeric: true }),
    ),
    cycles: unique(all.flatMap(({ cycles }) => cycles))
      .sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
      .reverse(),
    years: unique(all.flatMap(({ years }) => years)).sort(
      (one, other) => other - one,
    ),
  };
}
