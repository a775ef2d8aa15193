import type { Experiment, ExperimentQuery } from '@beamtime/contract';

const folded = new WeakMap<Experiment, string>();

/** Without regard to case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(experiment: Experiment): string {
  let text = folded.get(experiment);
  if (text === undefined) {
    const { proposal, visit, title, abstract, instrument, people, pids } =
      experiment;
    text = fold(
      [
        proposal,
        visit,
        title,
        abstract,
        instrument.name,
        instrument.fullName,
        ...people.map(({ name }) => name),
        ...pids.map(({ value }) => value),
      ].join(' '),
    );
    folded.set(experiment, text);
  }
  return text;
}

/**
 * What of the known experiments would answer a query: shown until the sources have
 * answered, who know better.
 *
 * @param now - ISO 8601.
 */
export function matching(
  experiments: Iterable<Experiment>,
  query: ExperimentQuery,
  now: string,
): Experiment[] {
  const words = fold(query.text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '');
  return [...experiments]
    .filter(
      (experiment) =>
        inScope(experiment, query, now) &&
        words.every((word) => wordsOf(experiment).includes(word)),
    )
    .sort(orderOf(query));
}

function inScope(
  { visibility, releaseAt, instrument, cycle, start }: Experiment,
  query: ExperimentQuery,
  now: string,
): boolean {
  const open = releaseAt !== undefined && releaseAt <= now;
  const scopes = {
    all: true,
    mine: visibility === 'member',
    instrument: visibility === 'staff',
    embargoed: releaseAt !== undefined && !open,
    public: visibility === 'public' || open,
  };
  const { instruments = [], from, to } = query;
  const day = start?.slice(0, 10) ?? '';
  return (
    scopes[query.scope ?? 'all'] &&
    (instruments.length === 0 || instruments.includes(instrument.name)) &&
    (query.cycle === undefined || query.cycle === cycle) &&
    (from === undefined || day >= from) &&
    (to === undefined || (day !== '' && day <= to))
  );
}

type Order = (a: Experiment, b: Experiment) => number;

function orderOf({ sort = 'start', order }: ExperimentQuery): Order {
  if (sort === 'start') {
    const by: Order = (a, b) => compare(a.start ?? '', b.start ?? '');
    return order === 'asc' ? by : (a, b) => by(b, a);
  }
  const { compare: alphabetical } = new Intl.Collator('en', {
    sensitivity: 'base',
    numeric: true,
  });
  const by: Order = (a, b) => alphabetical(a[sort], b[sort]);
  return order === 'desc' ? (a, b) => by(b, a) : by;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
