import type { ClusterNode } from '@beamtime/contract';
import { readGpus } from './gres.js';
import { readCount, readList } from './records.js';

/** States and flags of a node that no job will come to until an admin acts. */
const OUT_OF_SERVICE = new Set([
  'DOWN',
  'DRAIN',
  'ERROR',
  'FAIL',
  'FUTURE',
  'INVAL',
  'INVALID_REG',
  'UNKNOWN',
]);
/** Flags of a node that is taken for now: by maintenance, a restart. */
const NOT_NOW: Readonly<Record<string, string>> = {
  MAINTENANCE: 'maint',
  NOT_RESPONDING: 'not responding',
  REBOOT_REQUESTED: 'reboot',
  REBOOT_ISSUED: 'reboot',
  BLOCKED: 'blocked',
};

/** Reads a record of `scontrol -d -o show node`; `null` if it is not one. */
export function readNode(
  record: ReadonlyMap<string, string>,
): ClusterNode | null {
  const name = record.get('NodeName');
  const cpus = readCount(record.get('CPUEfctv') ?? record.get('CPUTot'));
  if (name === undefined || cpus === null) {
    return null;
  }
  const state = readState(record.get('State') ?? 'UNKNOWN');
  const free = state.usable && state.free;
  const gpus = readGpus(record.get('Gres') ?? '', record.get('GresUsed') ?? '');
  const reserved = readCount(record.get('MemSpecLimit')) ?? 0;
  const memory = readCount(record.get('RealMemory')) ?? 0;
  return {
    name,
    state: state.word,
    usable: state.usable,
    cpus,
    idleCpus: free
      ? Math.max(0, cpus - (readCount(record.get('CPUAlloc')) ?? 0))
      : 0,
    memoryMiB: Math.max(0, memory - reserved),
    idleMemoryMiB: free
      ? Math.max(
          0,
          memory - reserved - (readCount(record.get('AllocMem')) ?? 0),
        )
      : 0,
    gpus: free ? gpus : gpus.map((gpu) => ({ ...gpu, idle: 0 })),
    features: readList(
      record.get('ActiveFeatures') ?? record.get('AvailableFeatures'),
    ),
    reservedFrom: null,
  };
}

/**
 * Reads `IDLE+DRAIN`, `DOWN*+CLOUD`, `MIXED+PLANNED`…
 *
 * @returns sinfo's word for it, whether a job may come sooner or later, and whether now.
 */
export function readState(text: string): {
  word: string;
  usable: boolean;
  free: boolean;
} {
  const [base = 'UNKNOWN', ...flags] = text
    .split('+')
    .map((part) => part.replace(/[^A-Z_]/g, ''));
  if (text.includes('*')) {
    flags.push('NOT_RESPONDING');
  }
  const usable = ![base, ...flags].some((part) => OUT_OF_SERVICE.has(part));
  const plain = base.toLowerCase();
  if (flags.includes('DRAIN') && base !== 'DOWN') {
    return {
      word: base === 'IDLE' ? 'drained' : 'draining',
      usable,
      free: false,
    };
  }
  const taken = flags.find((flag) => flag in NOT_NOW);
  if (usable && taken !== undefined) {
    return { word: NOT_NOW[taken] ?? plain, usable, free: false };
  }
  // Free for those whose reservation it is: who they are is judged for each person.
  const word = flags.includes('RESERVED') ? 'reserved' : plain;
  return { word: usable ? word : plain, usable, free: usable };
}
