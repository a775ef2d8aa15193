import type { FieldError, SessionRequest } from '@beamtime/contract';
import type { Wish } from './wish.js';

/** What sbatch's refusals begin with when the hub passes them on. */
export const SLURM_REFUSED = 'Slurm refused the job: ';

/** Words of sbatch, and the key of the request that they speak of. The first that fits counts. */
const PLACES: readonly (readonly [RegExp, keyof SessionRequest])[] = [
  [/reservation/i, 'reservation'],
  [/\bqos\b/i, 'qos'],
  [/\baccount\b/i, 'account'],
  [/feature|constraint/i, 'constraint'],
  [/option/i, 'options'],
  [/\bmemory\b/i, 'memory'],
  [/time ?limit/i, 'runtime'],
  [/\bgres\b|generic resource|\bgpus?\b/i, 'ngpus'],
  [/\bcpus?\b|processor|node (count|configuration)/i, 'nprocs'],
  [/partition/i, 'partition'],
];

/** Keys that every session has: words about them stand there in any case. */
const ALWAYS: readonly (keyof SessionRequest)[] = [
  'partition',
  'nprocs',
  'memory',
  'runtime',
];

/**
 * Puts a refusal of Slurm, which knows no fields, to the field that its words speak of.
 *
 * @param asked - what was refused: nothing stands at a field that was left empty.
 */
export function placeRefusal(error: FieldError, asked: Wish): FieldError {
  if (error.field !== '' || !error.message.startsWith(SLURM_REFUSED)) {
    return error;
  }
  const words = error.message.slice(SLURM_REFUSED.length);
  const place = PLACES.find(
    ([pattern, key]) =>
      pattern.test(words) && (ALWAYS.includes(key) || asked[key] !== undefined),
  );
  return { field: place?.[1] ?? '', message: error.message };
}
