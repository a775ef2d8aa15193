import type { SessionLink } from '@beamtime/api-client';
import { experimentKey, type Experiment } from '@beamtime/contract';

/** A card of the list. */
export interface Row {
  key: string;
  title: string;
  /** The proposal's number, or the folder's name where no more is known. */
  name: string;
  instrument?: string;
  start?: string;
  end?: string;
  datasets?: number;
}

/** Rows under one heading: those of this session, of a year, or without a date. */
export interface Group {
  heading: 'session' | 'undated' | number;
  rows: Row[];
}

/**
 * Puts what is in the session first, then the years, newest first.
 *
 * @param links - what is in the session; shown even if the list has it not.
 * @param searching - then only what was found is shown.
 */
export function groupRows(
  experiments: readonly Experiment[],
  links: ReadonlyMap<string, SessionLink>,
  searching: boolean,
): Group[] {
  const rows = new Map(
    experiments.map((experiment) => {
      const row = rowOf(experiment);
      return [row.key, row];
    }),
  );
  const linked = [...links.values()].filter(
    ({ raw, processed }) => raw !== null || processed !== null,
  );
  const session = linked
    .filter(({ key }) => rows.has(key) || !searching)
    .map(({ key, slug, title }) => rows.get(key) ?? { key, title, name: slug });
  const inSession = new Set(linked.map(({ key }) => key));
  const years = new Map<number | 'undated', Row[]>();
  for (const row of rows.values()) {
    if (!inSession.has(row.key)) {
      const year = yearOf(row.start);
      years.set(year, [...(years.get(year) ?? []), row]);
    }
  }
  const byYear = [...years]
    .sort(([a], [b]) => order(b) - order(a))
    .map(([heading, inYear]): Group => ({ heading, rows: inYear }));
  return session.length === 0
    ? byYear
    : [{ heading: 'session', rows: session }, ...byYear];
}

function rowOf(experiment: Experiment): Row {
  const { start, end, datasetCount } = experiment;
  return {
    key: experimentKey(experiment.ref),
    title: experiment.title,
    name: experiment.proposal,
    instrument: experiment.instrument.name,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(datasetCount === undefined ? {} : { datasets: datasetCount }),
  };
}

function yearOf(start: string | undefined): number | 'undated' {
  const year = start === undefined ? NaN : new Date(start).getFullYear();
  return Number.isNaN(year) ? 'undated' : year;
}

const order = (year: number | 'undated') => (year === 'undated' ? 0 : year);
