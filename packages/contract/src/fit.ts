import type { Partition } from './cluster.js';
import { gpusOf, machinesOf, type Machine } from './limits.js';
import type { FieldError, SessionRequest } from './session.js';
import { parseMemoryMiB } from './time.js';
import { count, formatMemory } from './words.js';

export interface Fit {
  errors: FieldError[];
  /** What to ask for, in MiB; `null` leaves it to the cluster's own default. */
  memoryMiB: number | null;
}

/**
 * Looks for one machine that has all of it: the GPUs, the cores and the memory. Where none
 * has, the error stands at the first of these that none can give besides the ones before.
 */
export function fitOnMachine(
  request: SessionRequest,
  partition: Partition,
): Fit {
  const { nprocs, ngpus = 0, gpu_type: type = '' } = request;
  const candidates = new Candidates(partition);
  if (ngpus > 0) {
    const none = checkGpuType(partition.name, candidates.machines, type);
    if (none) {
      candidates.errors.push(none);
    } else {
      candidates.keep('ngpus', ngpus, {
        of: (machine) => gpusOf(machine, type),
        words: (gpus) =>
          `${count(gpus, 'GPU')}${type === '' ? '' : ` of type ${type}`}`,
      });
    }
  }
  candidates.keep('nprocs', nprocs, {
    of: ({ cpus }) => cpus,
    words: (cpus) => count(cpus, 'core'),
  });
  const memory = {
    of: ({ memoryMiB }: Machine) => memoryMiB,
    words: (mebibytes: number) =>
      `${formatMemory(mebibytes)} of memory (${String(mebibytes)}M)`,
  };
  const wanted = memoryOf(request, partition, candidates.most(memory.of));
  if (wanted === undefined) {
    candidates.errors.push({
      field: 'memory',
      message: `${JSON.stringify(request.memory ?? '')} is not a size of memory. Write for instance 8G or 500M, or nothing for the usual share.`,
    });
  } else if (wanted !== null) {
    candidates.keep('memory', wanted, memory);
  }
  return { errors: candidates.errors, memoryMiB: wanted ?? null };
}

/** The machines that still fit, narrowed down by one thing after the other. */
class Candidates {
  machines: Machine[];
  readonly errors: FieldError[] = [];
  private readonly has: string[] = [];

  constructor(private readonly partition: Partition) {
    this.machines = machinesOf(partition);
  }

  most(of: (machine: Machine) => number): number {
    return Math.max(...this.machines.map(of));
  }

  /** Keeps the machines with that much; if that leaves none, the field is wrong and all stay. */
  keep(
    field: string,
    wanted: number,
    {
      of,
      words,
    }: { of: (machine: Machine) => number; words: (value: number) => string },
  ): void {
    const left = this.machines.filter((machine) => of(machine) >= wanted);
    if (left.length === 0) {
      const having =
        this.has.length === 0 ? '' : ` with ${this.has.join(' and ')}`;
      this.errors.push({
        field,
        message: `A machine of ${this.partition.name}${having} gives at most ${words(this.most(of))}; you ask for ${words(wanted)}.`,
      });
    } else if (left.length < this.machines.length) {
      this.has.push(words(wanted));
      this.machines = left;
    }
  }
}

/** What is wrong with asking for a GPU of this type at all, or `null`. */
function checkGpuType(
  partition: string,
  machines: readonly Machine[],
  type: string,
): FieldError | null {
  const types = new Set(machines.flatMap(({ gpus }) => [...gpus.keys()]));
  if (types.size === 0) {
    return {
      field: 'ngpus',
      message: `The machines of ${partition} have no GPU. Ask for none, or choose another partition.`,
    };
  }
  if (type === '' || types.has(type)) {
    return null;
  }
  const named = [...types].filter((name) => name !== '');
  return {
    field: 'gpu_type',
    message: `${partition} has no GPU of type ${type}. ${
      named.length === 0
        ? 'Its GPUs have no type: ask for any.'
        : `It has ${named.join(', ')}.`
    }`,
  };
}

/**
 * MiB asked for; `null` for the cluster's own default; `undefined` if it is no size. Zero is
 * none: Slurm would take it for the whole machine's memory.
 */
function memoryOf(
  { memory, nprocs }: SessionRequest,
  { defaultMemoryMiBPerCpu: perCpu }: Partition,
  largest: number,
): number | null | undefined {
  if (memory !== undefined) {
    const asked = parseMemoryMiB(memory);
    return asked === 0 ? undefined : asked;
  }
  return perCpu === null || perCpu === 0
    ? null
    : Math.min(perCpu * nprocs, largest);
}
