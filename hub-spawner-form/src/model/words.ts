import { parseExperimentKey, type Experiment } from '@beamtime/contract';

/** How long ago, in ms, as a person says it. */
export function ageWords(age: number): string {
  const seconds = Math.max(0, Math.round(age / 1000));
  if (seconds < 90) {
    return `${seconds} s ago`;
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? `${minutes} min ago`
    : `${Math.round(minutes / 60)} h ago`;
}

/** A duration for a button: `30 min`, `1 h`, `3 d`. */
export function shortDuration(minutes: number): string {
  if (minutes > 1440 && minutes % 1440 === 0) {
    return `${minutes / 1440} d`;
  }
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** When an experiment was, for instance `3–6 Mar 2026`; empty if the catalogue does not know. */
export function experimentDates({ start, end }: Experiment): string {
  if (start === undefined) {
    return '';
  }
  const format = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  const from = new Date(start);
  const to = new Date(end ?? start);
  return Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())
    ? ''
    : format.formatRange(from, to);
}

/** `A`, `A and B`, `A, B and C`. */
export function list(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** What people call an experiment; its id at the source where nothing more is known. */
export function experimentName(
  key: string,
  experiment: Experiment | undefined,
): string {
  return experiment?.proposal ?? parseExperimentKey(key)?.id ?? key;
}

/** When something that begins now and lasts so many minutes ends, for instance `at 18:03`. */
export function endWords(minutes: number, now: number): string {
  const end = new Date(now + minutes * 60_000);
  const sameDay = end.toDateString() === new Date(now).toDateString();
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(sameDay ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  }).format(end);
  return sameDay ? `today at ${time}` : time;
}
