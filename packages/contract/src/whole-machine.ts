import type { Partition } from './cluster.js';
import type { Fit } from './fit.js';
import type { FieldError, SessionRequest } from './session.js';
import type { SiteLimits } from './site-limits.js';
import { count } from './words.js';

/** Whether the request wants the machine for itself: by word, or by all of its memory. */
export function wantsWholeMachine({
  exclusive = false,
  memory,
}: SessionRequest): boolean {
  return exclusive || memory === '0';
}

/** Whole machines are more than the site's rules give to some. */
export function checkWholeMachine(
  request: SessionRequest,
  { name, exclusive }: Partition,
  { leastCores }: Fit,
  { maxCores, maxMemoryMiB }: SiteLimits,
): FieldError[] {
  if (!wantsWholeMachine(request) && !exclusive) {
    return [];
  }
  const field = request.exclusive
    ? 'exclusive'
    : request.memory === '0'
      ? 'memory'
      : 'partition';
  if (maxCores !== undefined && leastCores > maxCores) {
    return [
      {
        field,
        message: `A whole machine of ${name} has at least ${count(leastCores, 'core')}; this site lets such a session have at most ${count(maxCores, 'core')}. ${exclusive ? 'Choose another partition.' : 'Ask for a part of one.'}`,
      },
    ];
  }
  return request.memory === '0' && maxMemoryMiB !== undefined
    ? [
        {
          field: 'memory',
          message: `This site limits the memory of such a session: ask for an amount, at most ${String(maxMemoryMiB)}M.`,
        },
      ]
    : [];
}
