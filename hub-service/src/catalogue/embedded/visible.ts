import type { Visibility } from '@beamtime/contract';
import { sql } from 'kysely';
import type { Database } from '../../store/database.js';
import type { Viewer } from '../adapter.js';

/** Tells who sees everything. */
export type IsStaff = (viewer: NonNullable<Viewer>) => boolean;

/**
 * The experiments that a viewer may see and why, the strongest reason first: this is the
 * one place where that is decided.
 */
export function visibleTo(
  database: Database,
  viewer: Viewer,
  isStaff: IsStaff,
  now: Date,
) {
  const name = viewer?.name ?? null;
  const staff = viewer !== null && isStaff(viewer) ? 1 : 0;
  // Null for those that are not to be seen, which the last line leaves out.
  const reason = sql<Visibility>`case
    when exists (select 1 from embedded_access a where a.experiment_id = e.id
                 and a.login = ${name} and a.reason = 'member') then 'member'
    when ${staff} or exists (select 1 from embedded_access a where a.experiment_id = e.id
                 and a.login = ${name} and a.reason = 'staff') then 'staff'
    when e.release_at <= ${now.toISOString()} then 'public' end`;
  return database
    .with('seen', (query) =>
      query
        .selectFrom('embedded_experiment as e')
        .select(['e.id', 'e.sort_key', 'e.record', reason.as('visibility')]),
    )
    .selectFrom('seen')
    .where('seen.visibility', 'is not', null);
}
