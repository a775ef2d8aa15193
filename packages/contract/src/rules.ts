import type { ClusterNode, ClusterSnapshot, Partition } from './cluster.js';
import type { BatchVariables, FieldError, SessionRequest } from './session.js';
import { formatSlurmTime, parseMemoryMiB, parseSlurmTime } from './time.js';

/** The most that one machine of a partition can give. Zeros if none is usable. */
export interface PartitionLimits {
  cpus: number;
  memoryMiB: number;
  /** Most GPUs on one machine, by type. */
  gpus: ReadonlyMap<string, number>;
  /** `null` without a limit. */
  minutes: number | null;
}

/** What one machine of the partition can give at most, drained and dead ones left out. */
export function limitsOf(partition: Partition): PartitionLimits {
  const usable = partition.nodes.filter((node) => node.usable);
  const most = (of: (node: ClusterNode) => number) =>
    Math.max(0, ...usable.map(of));
  const gpus = new Map<string, number>();
  for (const { type, total } of usable.flatMap((node) => node.gpus)) {
    gpus.set(type, Math.max(gpus.get(type) ?? 0, total));
  }
  return {
    cpus: Math.min(
      most((node) => node.cpus),
      partition.maxCpusPerNode ?? Infinity,
    ),
    memoryMiB: Math.min(
      most((node) => node.memoryMiB),
      partition.maxMemoryMiBPerNode ?? Infinity,
    ),
    gpus,
    minutes: partition.maxMinutes,
  };
}

/**
 * Why this person cannot use the partition now, or `null` if they can.
 *
 * @param unixGroups - the person's groups on the cluster; `null` where the
 *   scheduler knows no groups.
 */
export function closedBecause(
  partition: Partition,
  unixGroups: readonly string[] | null,
): string | null {
  if (partition.state !== 'up') {
    return `${partition.name} is closed (${partition.state}).`;
  }
  const { allowGroups } = partition;
  if (
    allowGroups &&
    unixGroups &&
    !allowGroups.some((group) => unixGroups.includes(group))
  ) {
    return `${partition.name} is only for the group ${allowGroups.join(', ')}.`;
  }
  if (!partition.nodes.some((node) => node.usable)) {
    return `No machine of ${partition.name} is in service.`;
  }
  return null;
}

/** What the rules need to know besides the request. */
export interface RuleContext {
  cluster: ClusterSnapshot;
  unixGroups: readonly string[] | null;
}

export type RuleOutcome =
  { ok: true; batch: BatchVariables } | { ok: false; errors: FieldError[] };

/**
 * Decides whether the cluster could run what is asked for. Pure: the form runs it
 * as the person types, the service runs it again with authority.
 */
export function checkRequest(
  request: SessionRequest,
  { cluster, unixGroups }: RuleContext,
): RuleOutcome {
  const partition = cluster.partitions.find(
    ({ name }) => name === request.partition,
  );
  if (!partition) {
    const names = cluster.partitions.map(({ name }) => name).join(', ');
    return refuse(
      'partition',
      `There is no partition ${JSON.stringify(request.partition)} here. There are: ${names}.`,
    );
  }
  const closed = closedBecause(partition, unixGroups);
  if (closed !== null) {
    return refuse('partition', closed);
  }
  const limits = limitsOf(partition);
  const errors: FieldError[] = [];
  const minutes = parseSlurmTime(request.runtime);
  if (minutes === undefined || minutes === null || minutes < 1) {
    errors.push({
      field: 'runtime',
      message: `${JSON.stringify(request.runtime)} is not a time. Write hours:minutes:seconds, for instance 4:00:00.`,
    });
  } else if (limits.minutes !== null && minutes > limits.minutes) {
    errors.push({
      field: 'runtime',
      message: `${partition.name} runs sessions for at most ${formatSlurmTime(limits.minutes)}.`,
    });
  }
  if (request.nprocs > limits.cpus) {
    errors.push({
      field: 'nprocs',
      message: `A machine of ${partition.name} gives at most ${String(limits.cpus)} cores.`,
    });
  }
  const memory = memoryOf(request, partition, limits);
  if (memory === undefined) {
    errors.push({
      field: 'memory',
      message: `${JSON.stringify(request.memory ?? '')} is not a size. Write for instance 8G or 500M.`,
    });
  } else if (memory > limits.memoryMiB) {
    errors.push({
      field: 'memory',
      message: `A machine of ${partition.name} gives at most ${String(limits.memoryMiB)} MiB of memory.`,
    });
  }
  const gpus = checkGpus(request, partition.name, limits);
  if (gpus !== null) {
    errors.push(gpus);
  }
  if (errors.length > 0 || minutes == null || memory === undefined) {
    return { ok: false, errors };
  }
  return {
    ok: true,
    batch: {
      partition: partition.name,
      nprocs: String(request.nprocs),
      memory: memory > 0 ? `${String(memory)}M` : '',
      runtime: formatSlurmTime(minutes),
      gres: gresOf(request),
    },
  };
}

function refuse(field: string, message: string): RuleOutcome {
  return { ok: false, errors: [{ field, message }] };
}

/** MiB asked for, 0 for the cluster's own default, `undefined` if it is no size. */
function memoryOf(
  request: SessionRequest,
  partition: Partition,
  limits: PartitionLimits,
): number | undefined {
  if (request.memory !== undefined) {
    return parseMemoryMiB(request.memory);
  }
  const perCpu = partition.defaultMemoryMiBPerCpu;
  return perCpu === null
    ? 0
    : Math.min(perCpu * request.nprocs, limits.memoryMiB);
}

function checkGpus(
  { ngpus = 0, gpu_type: type = '' }: SessionRequest,
  partition: string,
  { gpus }: PartitionLimits,
): FieldError | null {
  if (ngpus === 0) {
    return null;
  }
  const most = type === '' ? Math.max(0, ...gpus.values()) : gpus.get(type);
  if (most === undefined || most === 0) {
    const there = [...gpus.keys()].filter((name) => name !== '').join(', ');
    return {
      field: type === '' ? 'ngpus' : 'gpu_type',
      message:
        gpus.size === 0
          ? `The machines of ${partition} have no GPU.`
          : `${partition} has no GPU of type ${type}. It has: ${there}.`,
    };
  }
  return ngpus > most
    ? {
        field: 'ngpus',
        message: `A machine of ${partition} gives at most ${String(most)} GPUs${type === '' ? '' : ` of type ${type}`}.`,
      }
    : null;
}

/** Slurm's `--gres` for the GPUs, empty for none. */
function gresOf({ ngpus = 0, gpu_type: type = '' }: SessionRequest): string {
  if (ngpus === 0) {
    return '';
  }
  return type === '' ? `gpu:${String(ngpus)}` : `gpu:${type}:${String(ngpus)}`;
}
