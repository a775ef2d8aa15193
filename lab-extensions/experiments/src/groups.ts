import type { SessionLink } from '@beamtime/api-client';
import { experimentKey, type Experiment } from '@beamtime/contract';

/** A line of the list. */
export interface Row {
  key: string;
  title: string;
  /** The proposal's number, or the folder's name where no more is known. */
  name: string;
  /** Absent where no more is known than that it is in the session. */
  experiment?: Experiment;
}

/** Rows under one heading: those of this session, opened last, of a year, or any. */
export interface Group {
  heading: 'session' | 'recent' | 'undated' | 'found' | number;
  rows: Row[];
}

export interface Shown {
  experiments: readonly Experiment[];
  /** The last ones opened, newest first. */
  recent: readonly Experiment[];
  /** What is in the session. */
  links: ReadonlyMap<string, SessionLink>;
  /** Whether it is all that there is: then the session and the recent ones come first. */
  whole: boolean;
  /** Whether by date: then in years. */
  byDate: boolean;
}

/** Puts the experiments under headings, each once. */
export function groupRows({
  experiments,
  recent,
  links,
  whole,
  byDate,
}: Shown): Group[] {
  const linked = [...links.values()].filter(
    ({ raw, processed }) => raw !== null || processed !== null,
  );
  const taken = new Set<string>();
  const take = (row: Row): Row[] => {
    const isNew = !taken.has(row.key);
    taken.add(row.key);
    return isNew ? [row] : [];
  };
  const session =
    linked.length === 0
      ? []
      : inSession(linked, { recent, experiments, whole }).flatMap(take);
  const opened = whole ? recent.flatMap((one) => take(rowOf(one))) : [];
  const years = new Map<Group['heading'], Row[]>();
  for (const experiment of experiments) {
    const heading = byDate ? yearOf(experiment.start) : 'found';
    for (const row of take(rowOf(experiment))) {
      const before = years.get(heading);
      if (before) {
        before.push(row);
      } else {
        years.set(heading, [row]);
      }
    }
  }
  const groups: Group[] = [
    { heading: 'session', rows: session },
    { heading: 'recent', rows: opened },
    ...[...years].map(([heading, inYear]) => ({ heading, rows: inYear })),
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

function inSession(
  linked: readonly SessionLink[],
  {
    recent,
    experiments,
    whole,
  }: Pick<Shown, 'recent' | 'experiments' | 'whole'>,
): Row[] {
  const found = new Map(experiments.map((one) => [keyOf(one), one]));
  const known = new Map([
    ...recent.map((one) => [keyOf(one), one] as const),
    ...found,
  ]);
  return linked
    .filter(({ key }) => whole || found.has(key))
    .map(({ key, slug, title }) => {
      const experiment = known.get(key);
      return experiment ? rowOf(experiment) : { key, title, name: slug };
    });
}

const keyOf = ({ ref }: Experiment) => experimentKey(ref);

/** Kept as long as the experiment is: at each letter that is typed, thousands are shown anew. */
const madeRows = new WeakMap<Experiment, Row>();

function rowOf(experiment: Experiment): Row {
  let row = madeRows.get(experiment);
  if (row === undefined) {
    const { title, proposal: name } = experiment;
    row = { key: keyOf(experiment), title, name, experiment };
    madeRows.set(experiment, row);
  }
  return row;
}

function yearOf(start: string | undefined): number | 'undated' {
  const year = start === undefined ? NaN : new Date(start).getFullYear();
  return Number.isNaN(year) ? 'undated' : year;
}
