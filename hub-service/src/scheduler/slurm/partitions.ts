import {
  type ClusterNode,
  type Partition,
  parseSlurmTime,
} from '@beamtime/contract';
import { readCount, readList } from './records.js';

/**
 * Reads a record of `scontrol -o show partition`; `null` if it is not one, or one that
 * only root may use.
 *
 * @param nodes - the partition's nodes.
 * @param settings - `scontrol show config`: what holds where the partition says nothing.
 */
export function readPartition(
  record: ReadonlyMap<string, string>,
  nodes: ClusterNode[],
  settings: ReadonlyMap<string, string>,
): Partition | null {
  const name = record.get('PartitionName');
  if (name === undefined || record.get('RootOnly') === 'YES') {
    return null;
  }
  const minutes = parseSlurmTime(record.get('MaxTime') ?? 'UNLIMITED');
  return {
    name,
    state: (record.get('State') ?? 'UP').toLowerCase(),
    maxMinutes: minutes ?? null,
    maxCpusPerNode: readCount(record.get('MaxCPUsPerNode')),
    maxMemoryMiBPerNode:
      mostMemory(record, nodes) ?? mostMemory(settings, nodes),
    defaultMemoryMiBPerCpu: defaultMemory(record, settings),
    allowGroups: allowed(record.get('AllowGroups')),
    allowAccounts: allowed(record.get('AllowAccounts')),
    denyAccounts: readList(record.get('DenyAccounts')),
    allowQos: allowed(record.get('AllowQos')),
    denyQos: readList(record.get('DenyQos')),
    defaultMinutes: parseSlurmTime(record.get('DefaultTime') ?? 'NONE') ?? null,
    exclusive: record.get('OverSubscribe') === 'EXCLUSIVE',
    needsReservation: record.get('ReqResv') === 'YES',
    isDefault: record.get('Default') === 'YES',
    nodes,
  };
}

/** `ALL`, or names with commas between; Slurm leaves the key out where `Deny…` is set. */
function allowed(text: string | undefined): string[] | null {
  return text === undefined || text === 'ALL' ? null : readList(text);
}

/** Slurm limits memory by the node or by the CPU; by the CPU, all CPUs give the most. */
function mostMemory(
  limits: ReadonlyMap<string, string>,
  nodes: readonly ClusterNode[],
): number | null {
  const perCpu = readCount(limits.get('MaxMemPerCPU'));
  if (perCpu !== null && perCpu > 0) {
    return perCpu * Math.max(0, ...nodes.map((node) => node.cpus));
  }
  const perNode = readCount(limits.get('MaxMemPerNode'));
  return perNode === 0 ? null : perNode;
}

/** A default by the node goes before the cluster's default by the CPU, and is Slurm's to give. */
function defaultMemory(
  record: ReadonlyMap<string, string>,
  settings: ReadonlyMap<string, string>,
): number | null {
  const own = readCount(record.get('DefMemPerCPU'));
  if (own !== null) {
    return own;
  }
  return readCount(record.get('DefMemPerNode')) === null
    ? readCount(settings.get('DefMemPerCPU'))
    : null;
}
