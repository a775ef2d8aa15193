import * as z from 'zod/mini';
import { readRows, Rows } from '../http/rows.js';
import type { PlusConnection } from './api.js';
import { Investigation, OfInvestigation, TeamMember } from './records.js';

/**
 * One experiment with its team as ICAT+ has it, whoever may see it. Without a session only what
 * an open dataset says of its experiment is known.
 */
export async function find(
  { actor, get }: PlusConnection,
  id: string,
): Promise<Investigation | null> {
  if (actor.kind === 'nobody') {
    const rows = await get(
      () => 'catalogue/datasets',
      { investigationIds: id, limit: 1, skip: 0 },
      Rows,
    );
    const { data } = OfInvestigation.safeParse(rows[0]);
    return data && isIt(data.investigation, id) ? data.investigation : null;
  }
  const rows = await get(
    (session) => `catalogue/${session}/investigation`,
    { ids: id, withHasAccess: true },
    z.array(Investigation),
  );
  const row = rows.find((one) => isIt(one, id));
  if (!row) {
    return null;
  }
  const team = await get(
    (session) =>
      `catalogue/${session}/investigation/id/${id}/investigationusers`,
    {},
    Rows,
  );
  const { items } = readRows(team, TeamMember, ({ role, ...user }) => ({
    role,
    user,
  }));
  // It has affiliations and ORCIDs that the row lacks.
  return items.length === 0 ? row : { ...row, investigationUsers: items };
}

const isIt = (row: Investigation, id: string) => String(row.id) === id;
