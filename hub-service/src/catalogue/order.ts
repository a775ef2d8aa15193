import type { Experiment, ExperimentQuery } from '@beamtime/contract';

const text = new Intl.Collator('en', { sensitivity: 'base', numeric: false });

/**
 * Which of two sources' next rows comes first. Sources sort by themselves; this only joins
 * them. What has no date comes last.
 */
export function comparing({
  sort = 'start',
  order = sort === 'start' ? 'desc' : 'asc',
}: ExperimentQuery): (one: Experiment, other: Experiment) => number {
  const sign = order === 'desc' ? -1 : 1;
  if (sort !== 'start') {
    return (one, other) => sign * text.compare(one[sort], other[sort]);
  }
  return (one, other) => {
    const [a, b] = [instant(one.start), instant(other.start)];
    return a === null || b === null
      ? Number(a === null) - Number(b === null)
      : sign * (a - b);
  };
}

function instant(text: string | undefined): number | null {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
