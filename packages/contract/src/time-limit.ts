import type { Charge } from './accounts.js';
import type { Partition } from './cluster.js';
import type { RuleContext } from './context.js';
import type { FieldError } from './session.js';
import { parseSlurmTime } from './time.js';
import { formatDuration } from './words.js';

/** Longer ones are a slip of the hand, and overflow Slurm's 32 bits of minutes in the end. */
const MOST_MINUTES = 365 * 24 * 60;

/** Minutes; `undefined` if it is not a time that a session can have. */
export function readMinutes(runtime: string): number | undefined {
  const minutes = parseSlurmTime(runtime);
  return minutes === null || minutes === undefined || minutes < 1
    ? undefined
    : minutes;
}

/** What is wrong with the length of a session: no time at all, or more than someone allows. */
export function checkTime(
  runtime: string,
  { name, maxMinutes }: Partition,
  { association, qos }: Charge,
  context: RuleContext,
): FieldError | null {
  const minutes = readMinutes(runtime);
  if (minutes === undefined) {
    return {
      field: 'runtime',
      message: `${JSON.stringify(runtime)} is not a time. Write hours:minutes:seconds, for instance 4:00:00.`,
    };
  }
  const qosLimit = context.qos?.find((one) => one.name === qos)?.maxMinutes;
  const limits: [string, number | null | undefined][] = [
    [name, Math.min(maxMinutes ?? MOST_MINUTES, MOST_MINUTES)],
    [`The account ${association?.account ?? ''}`, association?.maxMinutes],
    [`The priority class ${qos ?? ''}`, qosLimit],
  ];
  let lowest: [string, number] | null = null;
  for (const [who, limit] of limits) {
    if (limit != null && limit < (lowest?.[1] ?? Infinity)) {
      lowest = [who, limit];
    }
  }
  return lowest === null || minutes <= lowest[1]
    ? null
    : {
        field: 'runtime',
        message: `${lowest[0]} runs a session for at most ${formatDuration(lowest[1])}; you ask for ${formatDuration(minutes)}.`,
      };
}
