import type { DatabaseSync } from 'node:sqlite';
import { type Person, PersonRole, type Pid } from '@beamtime/contract';
import * as z from 'zod/mini';

const Text = z.nullable(z.string());
const Row = z.object({
  first_name: Text,
  last_name: z.string(),
  login: Text,
  email: Text,
  orcid: Text,
  umbrella: Text,
  affiliation: Text,
  ror: Text,
  role: PersonRole,
  role_label: Text,
});

const PERSON = `u.first_name, u.last_name, u.login, u.email, u.orcid, u.umbrella,
  a.name as affiliation, a.ror`;

const TEAM = `select ${PERSON}, m.role, m.role_label
  from experiment_user m join user u on u.id = m.user_id
  left join employer a on a.id = u.affiliation_id
  where m.experiment_id = $id and (m.expires_at is null or m.expires_at > $now)
  order by instr('pi,co-proposer,member,local-contact', m.role), m.rowid`;

// Whoever has no first name is known by the login alone, which is nobody to turn to.
const SCIENTISTS = `select ${PERSON}, 'local-contact' as role, null as role_label
  from experiment e join instrument_scientist s on s.instrument_id = e.instrument_id
  join user u on u.id = s.user_id left join employer a on a.id = u.affiliation_id
  where e.id = $id and u.first_name is not null
    and (s.expires_at is null or s.expires_at > $now) order by u.last_name`;

/** The team; where it names no local contact, the instrument's scientists are it. */
export function peopleOf(
  database: DatabaseSync,
  id: string,
  now: string,
): Person[] {
  const ask = (sql: string) =>
    z.array(Row).parse(database.prepare(sql).all({ $id: id, $now: now }));
  const team = ask(TEAM);
  const contact = team.some(({ role }) => role === 'local-contact');
  return [...team, ...(contact ? [] : ask(SCIENTISTS))].map(toPerson);
}

function toPerson(row: z.infer<typeof Row>): Person {
  const pids: Pid[] = [];
  if (row.orcid !== null) {
    pids.push({ scheme: 'orcid', value: row.orcid });
  }
  if (row.umbrella !== null) {
    pids.push({ scheme: 'umbrella', value: row.umbrella });
  }
  return {
    name: row.first_name ? `${row.first_name} ${row.last_name}` : row.last_name,
    ...known({
      login: row.login,
      email: row.email,
      affiliation: row.affiliation,
      affiliationRor: row.ror,
      roleLabel: row.role_label,
    }),
    role: row.role,
    pids,
  };
}

/** What is known: SQL's null is the contract's absent. */
export function known<T extends Record<string, string | number | null>>(
  row: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
