import type { ClusterNode, Partition } from '@beamtime/contract';
import { type RunSlurm, runSlurm } from './command.js';
import { readNode } from './nodes.js';
import { readPartition } from './partitions.js';
import { readList, readRecords, readSettings } from './records.js';

/**
 * Asks Slurm for everything that a session's choices depend on, by three commands.
 * Text and not `--json`, which costs the controller far more; `-a` because a hidden
 * partition may be the one that this person's group uses.
 *
 * @throws {Error} with a sentence if Slurm does not answer.
 */
export async function readSlurm(
  run: RunSlurm = runSlurm,
): Promise<Partition[]> {
  const [partitions, nodes, config] = await Promise.all([
    run('scontrol', ['-a', '-o', 'show', 'partition']),
    run('scontrol', ['-a', '-d', '-o', 'show', 'node']),
    run('scontrol', ['show', 'config']),
  ]);
  return readCluster(partitions, nodes, config);
}

/** Puts together what the three commands printed. */
export function readCluster(
  partitions: string,
  nodes: string,
  config: string,
): Partition[] {
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
  return readRecords(partitions).flatMap((record) => {
    const own = byPartition.get(record.get('PartitionName') ?? '') ?? [];
    const partition = readPartition(record, own, settings);
    return partition ? [partition] : [];
  });
}
