import type { SourceProblem } from '@beamtime/contract';
import type { SourceError } from './adapter.js';

type Named = Pick<SourceProblem, 'source' | 'label'>;

/** The source cannot be asked, and nothing of it is shown. */
export function missing(
  named: Named,
  error: SourceError,
  since: string,
): SourceProblem {
  const message = `Experiments may be missing. ${error.message}`;
  return { ...pick(named), kind: error.kind, message, since };
}

/** The source cannot be asked; what it said before is shown. */
export function outdated(
  named: Named,
  error: SourceError,
  since: string,
  askedAt: number,
): SourceProblem {
  return {
    ...pick(named),
    kind: error.kind,
    message: `Experiments may be missing or out of date. ${error.message} Shown is what it said before.`,
    since,
    shownAsOf: new Date(askedAt).toISOString(),
  };
}

/** The source answered, but says itself that its answer may not be all. */
export function partly(
  named: Named,
  message: string,
  askedAt: number,
  kind: SourceProblem['kind'] = 'unavailable',
): SourceProblem {
  const since = new Date(askedAt).toISOString();
  return { ...pick(named), kind, message, since };
}

/** The person is not signed in at the source, which therefore told its open part. */
export function openPartOnly(named: Named, askedAt: number): SourceProblem {
  return {
    ...pick(named),
    kind: 'signed-out',
    message: `Only open data of ${named.label} is shown: it does not know who you are. Sign out of the hub and in again to see your own.`,
    since: new Date(askedAt).toISOString(),
  };
}

/** @param what - `experiments`, `datasets`, `files`. */
export function rowsLeftOut(
  named: Named,
  count: number,
  what: string,
  askedAt: number,
): SourceProblem {
  const [noun, verb] =
    count === 1 ? [what.replace(/s$/, ''), 'is'] : [what, 'are'];
  return {
    ...pick(named),
    kind: 'rows-left-out',
    message: `${count} ${noun} of ${named.label} ${verb} left out, because the catalogue’s record is not as it should be. Tell the local contact or the user office if yours is missing.`,
    since: new Date(askedAt).toISOString(),
  };
}

function pick({ source, label }: Named): Named {
  return { source, label };
}
