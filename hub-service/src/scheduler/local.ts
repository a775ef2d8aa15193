import os from 'node:os';
import type { ClusterFacts } from './cluster.js';

/** This machine as a cluster of one node and one partition, for sites without Slurm. */
export function readLocal(): Promise<ClusterFacts> {
  const cpus = os.availableParallelism();
  const [busy = 0] = os.loadavg();
  // A container may have less than its host.
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem();
  const partitions = [
    {
      name: 'local',
      state: 'up',
      maxMinutes: null,
      maxCpusPerNode: null,
      maxMemoryMiBPerNode: null,
      defaultMemoryMiBPerCpu: null,
      allowGroups: null,
      allowAccounts: null,
      denyAccounts: [],
      allowQos: null,
      denyQos: [],
      defaultMinutes: null,
      exclusive: false,
      needsReservation: false,
      isDefault: true,
      nodes: [
        {
          name: os.hostname(),
          state: busy < 0.5 ? 'idle' : busy < cpus ? 'mixed' : 'allocated',
          usable: true,
          cpus,
          idleCpus: Math.max(0, cpus - Math.round(busy)),
          memoryMiB: Math.floor(memory / 2 ** 20),
          idleMemoryMiB: Math.floor(process.availableMemory() / 2 ** 20),
          gpus: [],
          features: [],
          reservedFrom: null,
        },
      ],
    },
  ];
  return Promise.resolve({ partitions, reservations: [] });
}
