import type { Association } from './accounting.js';
import type { ClusterSnapshot, Reservation } from './cluster.js';
import type { RuleContext } from './context.js';
import type { FieldError, SessionRequest } from './session.js';
import { formatDuration } from './words.js';

const MINUTE_MS = 60_000;

/** Who asks, as far as reservations care. */
export interface Requester {
  name: string;
  unixGroups: readonly string[] | null;
  associations: readonly Association[] | null;
}

/** Whether a person's jobs may ask for it. Where a list is unknown, Slurm itself decides. */
export function mayReserve(
  { users, groups, accounts }: Reservation,
  { name, unixGroups, associations }: Requester,
): boolean {
  const charged = associations?.map(({ account }) => account) ?? null;
  return (
    letsIn(users, [name]) &&
    letsIn(groups, unixGroups) &&
    letsIn(accounts, charged)
  );
}

function letsIn(
  list: readonly string[] | null,
  own: readonly string[] | null,
): boolean {
  if (list === null || list.length === 0 || own === null) {
    return true;
  }
  const refused = list.filter((item) => item.startsWith('-'));
  return refused.length > 0
    ? !own.some((item) => refused.includes(`-${item}`))
    : own.some((item) => list.includes(item));
}

/** Whether a reservation holds its machines now. */
export function isActive(
  { start, end }: Reservation,
  now: number = Date.now(),
): boolean {
  return Date.parse(start) <= now && (end === null || now < Date.parse(end));
}

/**
 * The cluster as a person sees it: their reservations only, machines that others have
 * reserved are not free, and each machine says when others' reservations take it.
 */
export function asSeenBy(
  cluster: ClusterSnapshot,
  person: Requester,
  now: number = Date.now(),
): ClusterSnapshot {
  const own = cluster.reservations.filter((one) => mayReserve(one, person));
  const free = new Set(
    own.filter((one) => isActive(one, now)).flatMap(({ nodes }) => nodes),
  );
  const from = new Map<string, string>();
  for (const { start, nodes, whole } of cluster.reservations) {
    for (const node of whole && Date.parse(start) > now ? nodes : []) {
      const earlier = from.get(node);
      from.set(
        node,
        earlier !== undefined && earlier < start ? earlier : start,
      );
    }
  }
  return {
    ...cluster,
    reservations: own,
    partitions: cluster.partitions.map((partition) => ({
      ...partition,
      nodes: partition.nodes.map((node) => ({
        ...node,
        ...(isReserved(node) &&
          !free.has(node.name) && {
            idleCpus: 0,
            idleMemoryMiB: node.idleMemoryMiB === null ? null : 0,
            gpus: node.gpus.map((gpu) => ({ ...gpu, idle: 0 })),
          }),
        reservedFrom: from.get(node.name) ?? null,
      })),
    })),
  };
}

/** Whether a machine belongs to a reservation now, and is for nobody else. */
export function isReserved({ state }: { state: string }): boolean {
  return state === 'reserved' || state === 'maint';
}

/** The reservation that was asked for, and what is wrong with it. */
export function checkReservation(
  { partition, reservation: wanted }: SessionRequest,
  minutes: number | undefined,
  { cluster: { partitions, reservations }, now = Date.now() }: RuleContext,
): { reservation: Reservation | null; errors: FieldError[] } {
  const refuse = (message: string, field = 'reservation') => ({
    reservation: null,
    errors: [{ field, message }],
  });
  if (wanted === undefined) {
    const place = partitions.find(({ name }) => name === partition);
    return place?.needsReservation === true
      ? refuse(
          `${partition} runs only sessions in a reservation. ${offer(reservations, 'Choose another partition.')}`,
        )
      : { reservation: null, errors: [] };
  }
  const found = reservations.find(({ name }) => name === wanted);
  if (!found) {
    return refuse(
      `There is no reservation ${JSON.stringify(wanted)} that you may use. ${offer(reservations, 'Start without one.')}`,
    );
  }
  if (found.partition !== null && found.partition !== partition) {
    return refuse(
      `${wanted} is a reservation in ${found.partition}. Choose that partition, or start without it.`,
    );
  }
  const start = Date.parse(found.start);
  const end = found.end === null ? Infinity : Date.parse(found.end);
  if (end <= now) {
    return refuse(`${wanted} is over. ${offer([], 'Start without it.')}`);
  }
  if (found.flex) {
    return { reservation: found, errors: [] };
  }
  if (start > now) {
    return refuse(
      `${wanted} begins in ${formatDuration(Math.ceil((start - now) / MINUTE_MS))}, and your session would wait until then. Start without it, or come back.`,
    );
  }
  const left = Math.floor((end - now) / MINUTE_MS);
  return minutes !== undefined && minutes > left
    ? refuse(
        `${wanted} ends in ${formatDuration(left)}; you ask for ${formatDuration(minutes)}. ${
          left > 0 ? 'Ask for less time' : 'Start'
        }${left > 0 ? ', or start' : ''} without the reservation.`,
        'runtime',
      )
    : { reservation: found, errors: [] };
}

function offer(
  reservations: readonly Reservation[],
  otherwise: string,
): string {
  return reservations.length === 0
    ? otherwise
    : `You may use ${reservations.map(({ name }) => name).join(', ')}.`;
}
