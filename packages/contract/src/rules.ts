import type { ClusterSnapshot, Partition } from './cluster.js';
import { fitOnMachine } from './fit.js';
import { closedBecause } from './limits.js';
import type { BatchVariables, FieldError, SessionRequest } from './session.js';
import { formatSlurmTime, parseSlurmTime } from './time.js';
import { formatDuration } from './words.js';

/** What the rules need to know besides the request. */
export interface RuleContext {
  cluster: ClusterSnapshot;
  /** The person's groups on the cluster; `null` where the scheduler knows no groups. */
  unixGroups: readonly string[] | null;
}

export type RuleOutcome =
  { ok: true; batch: BatchVariables } | { ok: false; errors: FieldError[] };

/** Longer ones are a slip of the hand, and overflow Slurm's 32 bits of minutes in the end. */
const MOST_MINUTES = 365 * 24 * 60;

/**
 * Decides whether the cluster could run what is asked for. Pure: the form runs it
 * as the person types, the service runs it again with authority.
 *
 * A request fits if one usable machine has all of it: GPUs, cores and memory.
 */
export function checkRequest(
  request: SessionRequest,
  context: RuleContext,
): RuleOutcome {
  const partition = findPartition(request.partition, context);
  if ('message' in partition) {
    return { ok: false, errors: [partition] };
  }
  const runtime = checkTime(request.runtime, partition);
  const fit = fitOnMachine(request, partition);
  if (typeof runtime !== 'number' || fit.errors.length > 0) {
    const wrong = typeof runtime === 'number' ? [] : [runtime];
    return { ok: false, errors: [...fit.errors, ...wrong] };
  }
  const { ngpus = 0, gpu_type: type = '' } = request;
  return {
    ok: true,
    batch: {
      partition: partition.name,
      nprocs: String(request.nprocs),
      memory: fit.memoryMiB === null ? '' : `${String(fit.memoryMiB)}M`,
      runtime: formatSlurmTime(runtime),
      gres: ngpus === 0 ? '' : ['gpu', type, ngpus].filter(Boolean).join(':'),
    },
  };
}

function findPartition(
  wanted: string,
  { cluster, unixGroups }: RuleContext,
): Partition | FieldError {
  const partition = cluster.partitions.find(({ name }) => name === wanted);
  const problem = partition
    ? closedBecause(partition, unixGroups)
    : `There is no partition ${JSON.stringify(wanted)} here.`;
  if (partition && problem === null) {
    return partition;
  }
  const open = cluster.partitions
    .filter((other) => closedBecause(other, unixGroups) === null)
    .map(({ name }) => name);
  const advice =
    open.length === 0
      ? 'No other is open to you now.'
      : `Choose ${open.length === 1 ? '' : 'one of '}${open.join(', ')}.`;
  return { field: 'partition', message: `${problem ?? ''} ${advice}` };
}

/** Minutes, or what is wrong with the time. */
function checkTime(
  runtime: string,
  { name, maxMinutes }: Partition,
): number | FieldError {
  const minutes = parseSlurmTime(runtime);
  if (minutes === undefined || minutes === null || minutes < 1) {
    return {
      field: 'runtime',
      message: `${JSON.stringify(runtime)} is not a time. Write hours:minutes:seconds, for instance 4:00:00.`,
    };
  }
  const most = Math.min(maxMinutes ?? MOST_MINUTES, MOST_MINUTES);
  return minutes <= most
    ? minutes
    : {
        field: 'runtime',
        message: `${name} runs a session for at most ${formatDuration(most)}; you ask for ${formatDuration(minutes)}.`,
      };
}
