import type { ExperimentQuery, Visibility } from '@beamtime/contract';
import type { Asking } from '../adapter.js';
import type { Actor } from './api.js';
import type { Investigation } from './records.js';

/** Which of ICAT+'s lists: what it is asked with. */
export interface ListOf {
  /** `own`: no filter at all, which gives the person's own. */
  filter: 'own' | 'participant' | 'instrumentscientist' | 'released';
  username?: string;
  instruments?: readonly string[];
}

/**
 * The lists that together have what is asked for, the strongest reason first. ICAT+'s own list of what is under embargo has
 * what one may not see too, so that is taken from the lists of what one may see.
 */
export function listsFor(
  actor: Actor,
  staffOf: Asking['staffOf'],
  { scope = 'all', instruments = [] }: ExperimentQuery,
): ListOf[] {
  const lists = named(actor, staffOf, scope);
  return instruments.length === 0
    ? lists
    : lists.flatMap((list) => {
        const both = list.instruments
          ? instruments.filter((name) => includes(list.instruments ?? [], name))
          : instruments;
        return both.length === 0 ? [] : [{ ...list, instruments: both }];
      });
}

function named(
  actor: Actor,
  staffOf: Asking['staffOf'],
  scope: NonNullable<ExperimentQuery['scope']>,
): ListOf[] {
  const released: ListOf = { filter: 'released' };
  if (scope === 'public') {
    return [released];
  }
  const mine: ListOf[] = [];
  const staff: ListOf[] = [];
  if (actor.kind === 'person') {
    mine.push({ filter: scope === 'mine' ? 'own' : 'participant' });
    if (actor.isScientist) {
      staff.push({ filter: 'instrumentscientist' });
    }
  } else if (actor.kind === 'service') {
    if (actor.user !== null) {
      mine.push({ filter: 'participant', username: actor.user });
    }
    if (staffOf === 'all') {
      staff.push({ filter: 'participant' });
    } else if (staffOf.length > 0) {
      staff.push({ filter: 'participant', instruments: staffOf });
    }
  }
  switch (scope) {
    case 'mine':
      return mine;
    case 'instrument':
      return staff;
    case 'embargoed':
      return [...staff, ...mine];
    case 'all':
      return [...staff, ...mine, released];
  }
}

export interface Judging {
  actor: Actor;
  staffOf: Asking['staffOf'];
  now: number;
}

/**
 * Why the person may see an experiment, the strongest reason first; `null` if they may not.
 *
 * @param list - the one it is in; `null` for one that was asked for by its id.
 */
export function reasonFor(
  row: Investigation,
  list: ListOf | null,
  { actor, staffOf, now }: Judging,
): Visibility | null {
  const team = (row.investigationUsers ?? []).flatMap(({ user }) =>
    user ? [user.name] : [],
  );
  const me = actor.kind === 'nobody' ? null : actor.user;
  if (me !== null && team.some((name) => isSame(name, me))) {
    return 'member';
  }
  if (actor.kind === 'person' && list?.filter === 'instrumentscientist') {
    return 'staff';
  }
  if (
    actor.kind === 'service' &&
    (staffOf === 'all' || includes(staffOf, row.instrument?.name ?? ''))
  ) {
    return 'staff';
  }
  if (isReleased(row, now)) {
    return 'public';
  }
  if (actor.kind !== 'person' || row.canAccessDatasets === false) {
    return null;
  }
  // ICAT+ itself says that they may see it, for a reason that it does not tell.
  const listed = list?.filter === 'own' || list?.filter === 'participant';
  return listed && (team.length === 0 || me === null)
    ? 'member'
    : listed || row.canAccessDatasets === true
      ? 'staff'
      : null;
}

export function isReleased(
  { releaseDate }: Investigation,
  now: number,
): boolean {
  return Date.parse(releaseDate ?? '') <= now;
}

/** ICAT may put the way of signing in before the name: `db/ada`. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) =>
    name.slice(name.indexOf('/') + 1).toLowerCase(),
  );
  return a === b;
}

/** Instruments are written in both cases at the same facility. */
function includes(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}
