import type { ClusterNode } from '@beamtime/contract';
import type { ClusterFacts } from '../cluster.js';
import { readNode } from './nodes.js';
import { readPartition } from './partitions.js';
import { readList, readRecords, readSettings } from './records.js';
import { readReservation } from './reservations.js';

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
