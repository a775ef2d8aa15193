import type { RuleContext } from './context.js';
import type { SiteRule } from './policy.js';
import type { FieldError, SessionRequest } from './session.js';
import { decidedBy, type Situation } from './site-rules.js';
import { count, formatDuration, formatMemory } from './words.js';

/** The most that the site's rules let a session have; `undefined` without a limit. */
export type SiteLimits = {
  [Key in 'maxCores' | 'maxMemoryMiB' | 'maxGpus' | 'maxMinutes']:
    SiteRule[Key] | undefined;
};

/** Finds the limits that the site's rules set for a request. */
export function siteLimits(
  request: Pick<SessionRequest, 'partition'>,
  context: Pick<RuleContext, 'policy' | 'chosen'>,
): SiteLimits {
  const rules = context.policy?.rules ?? [];
  const situation = situationOf(request, context);
  return {
    maxCores: decidedBy('maxCores', rules, situation),
    maxMemoryMiB: decidedBy('maxMemoryMiB', rules, situation),
    maxGpus: decidedBy('maxGpus', rules, situation),
    maxMinutes: decidedBy('maxMinutes', rules, situation),
  };
}

export function situationOf(
  { partition }: Pick<SessionRequest, 'partition'>,
  { chosen = [] }: Pick<RuleContext, 'chosen'>,
): Situation {
  return {
    partition,
    instruments: chosen.map(({ instrument }) => instrument.name),
  };
}

/** What a session would have in the end. */
export interface Extent {
  nprocs: number;
  /** MiB; `null` where it is the cluster's to decide. */
  memoryMiB: number | null;
  ngpus: number;
  minutes: number | undefined;
}

/** What is too much by the site's rules. */
export function checkSiteLimits(
  { nprocs, memoryMiB, ngpus, minutes }: Extent,
  { maxCores, maxMemoryMiB, maxGpus, maxMinutes }: SiteLimits,
): FieldError[] {
  const errors: FieldError[] = [];
  const check = (
    field: string,
    value: number | null | undefined,
    most: number | undefined,
    words: (value: number) => string,
  ) => {
    if (most !== undefined && value != null && value > most) {
      errors.push({
        field,
        message: `This site lets such a session have at most ${words(most)}; you ask for ${words(value)}.`,
      });
    }
  };
  check('nprocs', nprocs, maxCores, (value) => count(value, 'core'));
  check(
    'memory',
    memoryMiB,
    maxMemoryMiB,
    (value) => `${formatMemory(value)} of memory (${String(value)}M)`,
  );
  check('ngpus', ngpus, maxGpus, (value) => count(value, 'GPU'));
  check('runtime', minutes, maxMinutes, formatDuration);
  return errors;
}
