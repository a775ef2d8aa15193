import {
  gpusOf,
  machinesOf,
  type Machine,
  type Partition,
} from '@beamtime/contract';

export type ShareName = 'minimum' | 'quarter' | 'half' | 'whole';

/** A part of one machine that can be asked for. */
export interface Share {
  name: ShareName;
  cpus: number;
  /** In proportion to the cores; `null` leaves it to the cluster. */
  memoryMiB: number | null;
}

/** GPUs that are asked for; an empty type stands for any. */
export interface GpuWish {
  number: number;
  type: string;
}

/** Less is what Slurm says of machines whose memory nobody has told it. */
const CREDIBLE_MEMORY_MIB = 512;

/**
 * The machine whose shares are offered: of those with such GPUs the one with most cores,
 * and among equals with most memory. `null` if none is in service.
 */
export function referenceMachine(
  partition: Partition,
  { number, type }: GpuWish,
): Machine | null {
  const machines = machinesOf(partition);
  const fitting = machines.filter((machine) => gpusOf(machine, type) >= number);
  const [largest] = (fitting.length > 0 ? fitting : machines).sort(
    (a, b) => b.cpus - a.cpus || b.memoryMiB - a.memoryMiB,
  );
  return largest ?? null;
}

/** Different sizes only: a machine of two cores has no quarter. */
export function sharesOf(machine: Machine): Share[] {
  const share = (name: ShareName, cpus: number): Share => ({
    name,
    cpus,
    memoryMiB:
      machine.memoryMiB < CREDIBLE_MEMORY_MIB
        ? null
        : Math.floor((machine.memoryMiB * cpus) / machine.cpus),
  });
  const { cpus } = machine;
  return [
    share('minimum', 1),
    share('quarter', Math.floor(cpus / 4)),
    share('half', Math.floor(cpus / 2)),
    share('whole', cpus),
  ].filter(
    ({ cpus: size }, index, all) =>
      size > 0 && all.findIndex((other) => other.cpus === size) === index,
  );
}

/** Whether a machine has that many cores and GPUs free just now. Free memory is not known. */
export function isFreeNow(
  partition: Partition,
  cpus: number,
  { number, type }: GpuWish,
): boolean {
  return machinesOf(partition).some(
    ({ node, cpus: most }) =>
      Math.min(node.idleCpus, most) >= cpus &&
      node.gpus
        .filter((gpu) => type === '' || gpu.type === type)
        .reduce((sum, { idle }) => sum + idle, 0) >= number,
  );
}
