import type { Partition, Reservation } from './cluster.js';
import type { RuleContext } from './context.js';
import { hasFeatures } from './features.js';
import { gpusOf, machinesOf, type Machine } from './limits.js';
import { isReserved } from './reservations.js';
import type { FieldError, SessionRequest } from './session.js';
import { parseMemoryMiB } from './time.js';
import { count, formatDuration, formatMemory } from './words.js';

const MINUTE_MS = 60_000;

export interface Fit {
  errors: FieldError[];
  /** What to ask for, in MiB; `null` leaves it to the cluster's own default. */
  memoryMiB: number | null;
  /** Cores of the smallest machine that would do. */
  leastCores: number;
}

/** What a session needs besides its size. */
export interface Wanted {
  request: SessionRequest;
  reservation: Reservation | null;
  /** Length in minutes; `undefined` if that is wrong already. */
  minutes: number | undefined;
  /** The most memory by the site's rules, in MiB, for what is given without asking. */
  mostMemoryMiB: number | undefined;
}

/**
 * Looks for one machine that has all of it: the GPUs, the cores and the memory. Where none
 * has, the error stands at the first of these that none can give besides the ones before.
 */
export function fitOnMachine(
  { request, reservation, minutes, mostMemoryMiB = Infinity }: Wanted,
  partition: Partition,
  context: RuleContext,
): Fit {
  const { nprocs, ngpus = 0, gpu_type: type = '', constraint } = request;
  const open = openMachines(partition, reservation);
  if (open.length === 0) {
    return nothingOpen(partition, reservation, context);
  }
  const featured = open.filter(
    ({ node }) =>
      constraint === undefined || hasFeatures(node.features, constraint),
  );
  const candidates = new Candidates(
    partition,
    featured.length > 0 ? featured : open,
    featured.length < open.length && featured.length > 0
      ? [JSON.stringify(constraint)]
      : [],
  );
  if (featured.length === 0) {
    candidates.errors.push({
      field: 'constraint',
      message: `Those machines of ${partition.name} that have ${JSON.stringify(constraint)} are reserved. Ask for others, or for none in particular.`,
    });
  }
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
  const wanted = memoryOf(
    request,
    partition,
    Math.min(candidates.most(memory.of), mostMemoryMiB),
  );
  if (wanted === undefined) {
    candidates.errors.push({
      field: 'memory',
      message: `${JSON.stringify(request.memory ?? '')} is not a size of memory. Write for instance 8G or 500M, or nothing for the usual share.`,
    });
  } else if (wanted !== null) {
    candidates.keep('memory', wanted, memory);
  }
  if (minutes !== undefined && reservation === null) {
    const now = context.now ?? Date.now();
    candidates.keep('runtime', minutes, {
      of: ({ node: { reservedFrom } }) =>
        reservedFrom === null
          ? Infinity
          : Math.max(
              0,
              Math.floor((Date.parse(reservedFrom) - now) / MINUTE_MS),
            ),
      words: formatDuration,
      because: ', as it is reserved then',
    });
  }
  return {
    errors: candidates.errors,
    memoryMiB: wanted ?? null,
    leastCores: Math.min(...candidates.machines.map(({ cpus }) => cpus)),
  };
}

/** Those of the reservation, else those that no reservation holds. */
function openMachines(
  partition: Partition,
  reservation: Reservation | null,
): Machine[] {
  return machinesOf(partition).filter(({ node }) =>
    reservation === null
      ? !isReserved(node)
      : reservation.flex || reservation.nodes.includes(node.name),
  );
}

function nothingOpen(
  { name, nodes }: Partition,
  reservation: Reservation | null,
  { cluster }: RuleContext,
): Fit {
  const own = cluster.reservations.filter((one) =>
    nodes.some((node) => one.nodes.includes(node.name)),
  );
  const error =
    reservation !== null
      ? {
          field: 'reservation',
          message: `${reservation.name} has no machine of ${name} that is in service. Choose another partition, or start without it.`,
        }
      : own.length > 0
        ? {
            field: 'reservation',
            message: `All machines of ${name} are reserved now. You may use ${own.map((one) => one.name).join(', ')}: choose it.`,
          }
        : {
            field: 'partition',
            message: `All machines of ${name} are reserved now for others. Choose another partition.`,
          };
  return { errors: [error], memoryMiB: null, leastCores: 0 };
}

/** The machines that still fit, narrowed down by one thing after the other. */
class Candidates {
  readonly errors: FieldError[] = [];

  constructor(
    private readonly partition: Partition,
    public machines: Machine[],
    private readonly has: string[],
  ) {}

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
      because = '',
    }: {
      of: (machine: Machine) => number;
      words: (value: number) => string;
      because?: string;
    },
  ): void {
    const left = this.machines.filter((machine) => of(machine) >= wanted);
    if (left.length === 0) {
      const having =
        this.has.length === 0 ? '' : ` with ${this.has.join(' and ')}`;
      this.errors.push({
        field,
        message: `A machine of ${this.partition.name}${having} gives at most ${words(this.most(of))}${because}; you ask for ${words(wanted)}.`,
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
 * MiB asked for; zero for all that the machine has; `null` for the cluster's own default;
 * `undefined` if it is no size.
 */
function memoryOf(
  { memory, nprocs }: SessionRequest,
  { defaultMemoryMiBPerCpu: perCpu }: Partition,
  largest: number,
): number | null | undefined {
  if (memory !== undefined) {
    const asked = parseMemoryMiB(memory);
    return asked === 0 && memory !== '0' ? undefined : asked;
  }
  return perCpu === null || perCpu === 0
    ? null
    : Math.min(perCpu * nprocs, largest);
}
