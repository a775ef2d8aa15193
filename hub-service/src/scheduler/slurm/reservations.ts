import type { Reservation } from '@beamtime/contract';
import { readHosts } from './hostlist.js';
import { readList } from './records.js';

/**
 * Reads a record of `scontrol -o show reservation`; `null` if it is not one, or one whose
 * start moves with the clock (`TIME_FLOAT`) and so never comes.
 */
export function readReservation(
  record: ReadonlyMap<string, string>,
): Reservation | null {
  const name = record.get('ReservationName');
  const start = readInstant(record.get('StartTime'));
  const flags = readList(record.get('Flags'));
  if (name === undefined || start === null || flags.includes('TIME_FLOAT')) {
    return null;
  }
  return {
    name,
    start,
    end: readInstant(record.get('EndTime')),
    nodes: readHosts(record.get('Nodes') ?? ''),
    whole: !record.has('CoreIDs'),
    flex: flags.includes('FLEX'),
    partition: orNull(record.get('PartitionName')),
    users: listOrNull(record.get('Users')),
    groups: listOrNull(record.get('Groups')),
    accounts: listOrNull(record.get('Accounts')),
    features: (orNull(record.get('Features')) ?? '')
      .split(/[&|,]/)
      .filter((feature) => feature !== ''),
  };
}

/** Slurm's local time (`2026-11-21T14:00:00`) as an instant; the service lives in the same zone. */
function readInstant(text: string | undefined): string | null {
  const time = new Date(text ?? '');
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '(null)' ? null : text;
}

function listOrNull(text: string | undefined): string[] | null {
  return orNull(text) === null ? null : readList(text);
}
