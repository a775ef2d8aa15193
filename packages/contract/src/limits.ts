import type { ClusterNode, Partition } from './cluster.js';

/** What one machine gives to one session at most: its own size, cut to the partition's limits. */
export interface Machine {
  node: ClusterNode;
  cpus: number;
  memoryMiB: number;
  /** GPUs by type; the type is empty where Slurm has none. */
  gpus: ReadonlyMap<string, number>;
}

/** The machines of a partition on which a session could run, drained and dead ones left out. */
export function machinesOf(partition: Partition): Machine[] {
  return partition.nodes
    .filter((node) => node.usable)
    .map((node) => ({
      node,
      cpus: Math.min(node.cpus, partition.maxCpusPerNode ?? Infinity),
      memoryMiB: Math.min(
        node.memoryMiB,
        partition.maxMemoryMiBPerNode ?? Infinity,
      ),
      gpus: totals(node),
    }));
}

/** GPUs of a type on a machine; the empty type stands for any, as in Slurm's `gpu:2`. */
export function gpusOf({ gpus }: Machine, type: string): number {
  return type === ''
    ? [...gpus.values()].reduce((sum, number) => sum + number, 0)
    : (gpus.get(type) ?? 0);
}

/**
 * The most of each thing that one machine of a partition can give; zeros if none is usable.
 * In a partition of mixed machines no single one need have all of it: `checkRequest` knows.
 */
export interface PartitionLimits {
  cpus: number;
  memoryMiB: number;
  /** Most GPUs on one machine, by type; types of which there are none are left out. */
  gpus: ReadonlyMap<string, number>;
  /** Most GPUs on one machine, of whatever type. */
  gpusOfAnyType: number;
  /** `null` without a limit. */
  minutes: number | null;
}

export function limitsOf(partition: Partition): PartitionLimits {
  const machines = machinesOf(partition);
  const most = (of: (machine: Machine) => number) =>
    Math.max(0, ...machines.map(of));
  const types = new Set(machines.flatMap(({ gpus }) => [...gpus.keys()]));
  return {
    cpus: most(({ cpus }) => cpus),
    memoryMiB: most(({ memoryMiB }) => memoryMiB),
    gpus: new Map(
      [...types].map((type) => [type, most(({ gpus }) => gpus.get(type) ?? 0)]),
    ),
    gpusOfAnyType: most((machine) => gpusOf(machine, '')),
    minutes: partition.maxMinutes,
  };
}

/**
 * Why this person cannot use the partition now, in one sentence, or `null` if they can.
 *
 * @param unixGroups - the person's groups on the cluster; `null` where the
 *   scheduler knows no groups.
 */
export function closedBecause(
  { name, state, allowGroups, nodes }: Partition,
  unixGroups: readonly string[] | null,
): string | null {
  if (state !== 'up') {
    return `${name} is closed: its state is "${state}".`;
  }
  if (
    allowGroups &&
    unixGroups &&
    !allowGroups.some((group) => unixGroups.includes(group))
  ) {
    return allowGroups.length === 0
      ? `${name} is open to no group.`
      : `${name} is only for the group${allowGroups.length === 1 ? '' : 's'} ${allowGroups.join(', ')}.`;
  }
  if (!nodes.some((node) => node.usable)) {
    return `No machine of ${name} is in service.`;
  }
  return null;
}

/** The same type may be listed twice, for instance once for each socket. */
function totals(node: ClusterNode): Map<string, number> {
  const gpus = new Map<string, number>();
  for (const { type, total } of node.gpus) {
    if (total > 0) {
      gpus.set(type, (gpus.get(type) ?? 0) + total);
    }
  }
  return gpus;
}
