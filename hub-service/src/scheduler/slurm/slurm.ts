import type { ClusterNode } from '@beamtime/contract';
import type { ClusterFacts } from '../cluster.js';
import { type RunSlurm, runSlurm } from './command.js';
import { readNode } from './nodes.js';
import { readPartition } from './partitions.js';
import { readList, readRecords, readSettings } from './records.js';
import { readReservation } from './reservations.js';

/**
 * Asks Slurm for everything that a session's choices depend on, by four commands.
 * Text and not `--json`, which costs the controller far more; `-a` because a hidden
 * partition may be the one that this person's group uses.
 *
 * @throws {Error} with a sentence if Slurm does not answer.
 */
export async function readSlurm(
  run: RunSlurm = runSlurm,
): Promise<ClusterFacts> {
  const [partitions, nodes, config, reservations] = await Promise.all([
    run('scontrol', ['-a', '-o', 'show', 'partition']),
    run('scontrol', ['-a', '-d', '-o', 'show', 'node']),
    run('scontrol', ['show', 'config']),
    run('scontrol', ['-o', 'show', 'reservation']),
  ]);
  return readCluster({ partitions, nodes, config, reservations });
}

/** Puts together what the commands printed. */
export function readCluster({
  partitions,
  nodes,
  config,
  reservations,
}: Record<
  'partitions' | 'nodes' | 'config' | 'reservations',
  string
>): ClusterFacts {
  const byPartition = new Map<string, ClusterNode[]>();
  for (const record of readRecords(nodes)) {
    const node = readNode(record);
    for (const name of node ? readList(record.get('Partitions')) : []) {
      byPartition.set(name, [
        ...(byPartition.get(name) ?? []),
        ...(node ? [node] : []),
      ]);
    }
  }
  const settings = readSettings(config);
  return {
    partitions: readRecords(partitions).flatMap((record) => {
      const own = byPartition.get(record.get('PartitionName') ?? '') ?? [];
      const partition = readPartition(record, own, settings);
      return partition ? [partition] : [];
    }),
    reservations: readRecords(reservations).flatMap((record) => {
      const reservation = readReservation(record);
      return reservation ? [reservation] : [];
    }),
  };
}
