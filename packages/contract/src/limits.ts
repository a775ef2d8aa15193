import { accountsFor, qosFor } from './accounts.js';
import type { ClusterNode, Partition } from './cluster.js';
import type { RuleContext } from './context.js';
import { decidedBy } from './site-rules.js';

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

/**
 * @param machines - those that count; by default all in service.
 */
export function limitsOf(
  partition: Partition,
  machines: readonly Machine[] = machinesOf(partition),
): PartitionLimits {
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
 * @param context - what else is known of the person: accounts, the site's rules.
 */
export function closedBecause(
  partition: Partition,
  unixGroups: readonly string[] | null,
  context: Partial<RuleContext> = {},
): string | null {
  const { name, state, allowGroups, nodes } = partition;
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
  return closedBySite(name, context) ?? closedByAccounts(partition, context);
}

function closedBySite(
  partition: string,
  { policy, chosen = [] }: Partial<RuleContext>,
): string | null {
  const open = decidedBy('usePartitions', policy?.rules ?? [], {
    partition,
    instruments: chosen.map(({ instrument }) => instrument.name),
  });
  return open === undefined || open.includes(partition)
    ? null
    : `${partition} is not for such sessions by this site's rules.`;
}

function closedByAccounts(
  partition: Partition,
  { associations = null }: Partial<RuleContext>,
): string | null {
  if (associations === null || associations.length === 0) {
    return null;
  }
  const accounts = accountsFor(partition, associations);
  if (accounts.length === 0) {
    const { allowAccounts } = partition;
    return allowAccounts === null
      ? `None of your accounts may be charged in ${partition.name}.`
      : `${partition.name} is only for the account${allowAccounts.length === 1 ? '' : 's'} ${allowAccounts.join(', ')}.`;
  }
  return accounts.some(
    (one) => one.qos.length === 0 || qosFor(partition, one).length > 0,
  )
    ? null
    : `${partition.name} takes none of your priority classes.`;
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
