import type { Asking } from '../adapter.js';
import { literal, literals, or } from './jpql.js';
import type { Actor } from './login.js';

/** `i` is on the team. `null` for somebody who is on none. */
export function isMember(actor: Actor): string | null {
  const user = nameOf(actor);
  return (
    user &&
    `i.id IN (SELECT m.investigation.id FROM InvestigationUser m WHERE m.user.name = ${user})`
  );
}

/** `i` is of an instrument that the person is scientist of, in ICAT or by the site's groups. */
export function isStaff(
  actor: Actor,
  staffOf: Asking['staffOf'],
): string | null {
  const user = nameOf(actor);
  if (user === null) {
    return null;
  }
  const scientist = `i.id IN (SELECT n.investigation.id FROM InvestigationInstrument n JOIN n.instrument x JOIN x.instrumentScientists s WHERE s.user.name = ${user})`;
  return staffOf === 'all' || staffOf.length === 0
    ? scientist
    : or(scientist, isOf(staffOf));
}

/** `i` is of one of these instruments. */
export function isOf(instruments: readonly string[]): string {
  return `i.id IN (SELECT o.investigation.id FROM InvestigationInstrument o WHERE o.instrument.name IN ${literals(instruments)})`;
}

/**
 * The database's clock may be of another time zone than its dates, so what this lets
 * through is looked at again by the instant.
 */
export const RELEASED = 'i.releaseDate <= CURRENT_TIMESTAMP';
export const EMBARGOED =
  '(i.releaseDate IS NULL OR i.releaseDate > CURRENT_TIMESTAMP)';

/**
 * What must hold for the person to see `i`; `null` where ICAT's own rules decide, or where
 * everything may be seen.
 */
export function mayBeSeen(
  actor: Actor,
  staffOf: Asking['staffOf'],
): string | null {
  const member = isMember(actor);
  const staff = isStaff(actor, staffOf);
  if (
    actor.kind === 'person' ||
    (actor.kind === 'account' && staffOf === 'all')
  ) {
    return null;
  }
  return member === null || staff === null
    ? RELEASED
    : or(member, staff, RELEASED);
}

/** The person in a query. ICAT binds `:user` to the session's own user. */
function nameOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'person':
      return ':user';
    case 'account':
      return actor.user && literal(actor.user);
    case 'nobody':
      return null;
  }
}
