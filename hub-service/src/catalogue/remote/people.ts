import type { Person, PersonRole } from '@beamtime/contract';

/** Roles as facilities word them, each with what it is here; the first that fits. */
const ROLES: readonly [RegExp, PersonRole][] = [
  [
    /local.?contact|(beamline|instrument|support).?(scientist|responsible)/i,
    'local-contact',
  ],
  [/^co\b|\bco.?(proposer|investigator|applicant)/i, 'co-proposer'],
  [/principal|main.?proposer|\bpi\b|experiment.?leader/i, 'pi'],
  [/proposer/i, 'co-proposer'],
];

/** Words that say no more than the role itself. */
const PLAIN =
  /^(principal investigator|pi|local contact|co-?proposer|member|participant|)$/i;

const ORDER: readonly PersonRole[] = [
  'local-contact',
  'pi',
  'co-proposer',
  'member',
];

export interface CatalogueUser {
  name: string;
  fullName?: string | undefined;
  givenName?: string | undefined;
  familyName?: string | undefined;
  email?: string | undefined;
  orcidId?: string | undefined;
  affiliation?: string | undefined;
}

/**
 * The people of an experiment, the local contact first; each once, with the first of their
 * roles in that order.
 */
export function toPeople(
  named: readonly { role: string; user?: CatalogueUser | undefined }[],
): Person[] {
  const people = named.flatMap(({ role, user }) =>
    user ? [{ key: user.name, person: toPerson(user, role.trim()) }] : [],
  );
  people.sort(
    (a, b) =>
      ORDER.indexOf(a.person.role) - ORDER.indexOf(b.person.role) ||
      a.person.name.localeCompare(b.person.name),
  );
  const seen = new Set<string>();
  return people.flatMap(({ key, person }) => {
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew ? [person] : [];
  });
}

export function toRole(text: string): PersonRole {
  return ROLES.find(([words]) => words.test(text))?.[1] ?? 'member';
}

function toPerson(user: CatalogueUser, role: string): Person {
  const { givenName = '', familyName = '', email, affiliation } = user;
  // `db/ada`: the part before the slash says how ICAT knows them.
  const login = user.name.slice(user.name.indexOf('/') + 1);
  const orcid = /\d{4}-\d{4}-\d{4}-\d{3}[\dX]/i.exec(user.orcidId ?? '')?.[0];
  return {
    name: user.fullName ?? (`${givenName} ${familyName}`.trim() || login),
    login,
    ...(email !== undefined && { email }),
    ...(affiliation !== undefined && { affiliation }),
    role: toRole(role),
    ...(!PLAIN.test(role) && { roleLabel: role }),
    pids:
      orcid === undefined
        ? []
        : [{ scheme: 'orcid', value: orcid.toUpperCase() }],
  };
}
