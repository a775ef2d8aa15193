import {
  count,
  formatMemory,
  limitsOf,
  machinesOf,
  type Partition,
} from '@beamtime/contract';

/** How much of a thing is free. */
export interface Free {
  idle: number;
  total: number;
}

/**
 * What a partition has and what of it is free now. Drained and dead machines do not count,
 * nor cores above the partition's limit for one machine.
 */
export interface Place {
  cores: Free;
  /** Machines on which nothing runs. */
  machines: Free;
  gpus: Free;
  /** Free GPUs by type, the empty type last. */
  gpuTypes: readonly (Free & { type: string })[];
  /** What one machine is like, for instance `32 or 64 cores, up to 250 GB, a100 or v100`. */
  kind: string;
}

export function placeOf(partition: Partition): Place {
  const machines = machinesOf(partition);
  const nodes = machines.map(({ node }) => node);
  const all = nodes.flatMap(({ gpus }) => gpus);
  const types = [...new Set(all.map(({ type }) => type))].sort().reverse();
  const sum = (gpus: readonly Free[]): Free => ({
    idle: gpus.reduce((before, { idle }) => before + idle, 0),
    total: gpus.reduce((before, { total }) => before + total, 0),
  });
  return {
    cores: sum(
      machines.map(({ node, cpus }) => ({
        idle: Math.min(node.idleCpus, cpus),
        total: cpus,
      })),
    ),
    machines: {
      idle: nodes.filter(({ idleCpus, cpus }) => idleCpus === cpus).length,
      total: nodes.length,
    },
    gpus: sum(all),
    gpuTypes: types
      .map((type) => ({ type, ...sum(all.filter((gpu) => gpu.type === type)) }))
      .filter(({ total }) => total > 0),
    kind: kindOf(partition),
  };
}

function kindOf(partition: Partition): string {
  const sizes = machinesOf(partition).map(({ cpus }) => cpus);
  const different = [...new Set(sizes)].sort((a, b) => a - b);
  const { memoryMiB, gpus, gpusOfAnyType } = limitsOf(partition);
  const types = [...gpus.keys()].filter((type) => type !== '');
  const largest = different.at(-1) ?? 0;
  return [
    different.length > 3
      ? `${different[0] ?? 0} to ${count(largest, 'core')}`
      : `${[...different.slice(0, -1), ''].join(' or ')}${count(largest, 'core')}`,
    ...(memoryMiB > 1 ? [`up to ${formatMemory(memoryMiB)}`] : []),
    ...(types.length > 0 ? [types.join(' or ')] : []),
    ...(types.length === 0 && gpusOfAnyType > 0 ? ['GPUs'] : []),
  ].join(', ');
}
