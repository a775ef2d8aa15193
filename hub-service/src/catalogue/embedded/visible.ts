import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type { Asking } from '../adapter.js';
import { SUPPORT_ROLES } from './tables.js';

/** Who asks, and when: what every question is asked with. */
export const Looking = z.object({
  /** The viewer's login at the hub; `null` for somebody who has not signed in. */
  login: z.nullable(z.string()),
  /** Groups of the hub. */
  groups: z.readonly(z.array(z.string())),
  /** The instruments of which they are staff by the site's rules, see `Asking`. */
  staffOf: z.union([z.literal('all'), z.readonly(z.array(z.string()))]),
  /** ISO 8601 in UTC. */
  now: z.string(),
});
export type Looking = z.infer<typeof Looking>;

export function lookingAs(
  { viewer, staffOf }: Pick<Asking, 'viewer' | 'staffOf'>,
  now: Date,
): Looking {
  return {
    login: viewer?.name ?? null,
    groups: viewer?.groups ?? [],
    staffOf,
    now: now.toISOString(),
  };
}

/** The values that {@link WHO} and {@link REASON} want; the names begin with `$`. */
export function bound({ login, groups, staffOf, now }: Looking) {
  return {
    $login: login,
    $groups: JSON.stringify(groups),
    $staff: staffOf === 'all' ? 1 : 0,
    $staffOf: JSON.stringify(staffOf === 'all' ? [] : staffOf),
    $now: now,
  };
}

const NOT_OVER = (table: string) =>
  `(${table}.expires_at is null or ${table}.expires_at > $now)`;

/**
 * Common tables of a question (cross joins, which SQLite takes in the order as written): the viewer's person, experiments, instruments, and whether they
 * see everything. What has expired counts no longer, without anybody's doing.
 */
export const WHO = `
me(id) as materialized (
  select id from user where login = $login
  union select user_id from user_identifier where scheme = 'login' and value = $login),
mine(rid) as materialized (
  select l.rid from me cross join experiment_user m on m.user_id = me.id
    cross join listing l on l.id = m.experiment_id where ${NOT_OVER('m')}
  union select l.rid from json_each($groups) g
    cross join experiment_group x on x.group_name = g.value
    cross join listing l on l.id = x.experiment_id where $login is not null and ${NOT_OVER('x')}),
my_instrument(id) as materialized (
  select s.instrument_id from me cross join instrument_scientist s on s.user_id = me.id
  where ${NOT_OVER('s')} and not exists (
    select 1 from user_role r where r.user_id = me.id and r.role = 'INSTRUMENT_SCIENTIST'
      and not ${NOT_OVER('r')})
  union select i.id from json_each($staffOf) n cross join instrument i on i.name = n.value),
see_all(yes) as materialized (
  select $staff or exists (select 1 from me cross join user_role r on r.user_id = me.id
    where r.role in (${SUPPORT_ROLES.map((role) => `'${role}'`).join(', ')})
      and ${NOT_OVER('r')}))`;

/**
 * Why the viewer may see a row `l` of `listing`, the strongest reason first; null if they may
 * not. This is the one place where that is decided.
 */
export const REASON = `case
  when l.rid in (select rid from mine) then 'member'
  when (select yes from see_all) or l.instrument in (select id from my_instrument) then 'staff'
  when l.release_at <= $now then 'public' end`;

/** What the viewer has, to leave out parts of a question that can find nothing. */
export interface Standing {
  all: boolean;
  /** Whether there are experiments that they see for another reason than the end of an embargo. */
  some: boolean;
}

export function standingOf(database: DatabaseSync, looking: Looking): Standing {
  const row = database
    .prepare(
      `with ${WHO} select (select yes from see_all) as yes,
        exists (select 1 from mine) or exists (select 1 from my_instrument) as some`,
    )
    .get(bound(looking));
  return { all: row?.['yes'] === 1, some: row?.['some'] === 1 };
}
