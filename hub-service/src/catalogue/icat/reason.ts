import type { Experiment, Visibility } from '@beamtime/contract';
import * as z from 'zod/mini';
import type { Asking } from '../adapter.js';
import type { Connection } from './api.js';
import { and } from './jpql.js';
import { type MapOptions, toExperiment } from './map.js';
import type { Investigation } from './records.js';
import { isMember, isStaff } from './visible.js';

const Ids = z.array(z.int());

/**
 * Those of the rows that the person may see, with the reason why, the strongest first. The
 * server is asked for the reason: what it includes in the rows may lack the team.
 */
export async function withReason(
  { actor, query }: Connection,
  { staffOf }: Asking,
  rows: readonly Investigation[],
  map: MapOptions,
  now: number,
): Promise<Experiment[]> {
  const which = async (condition: string | null) => {
    if (condition === null || rows.length === 0) {
      return new Set<number>();
    }
    const where = and(
      `i.id IN (${rows.map(({ id }) => id).join(', ')})`,
      condition,
    );
    const ids = { select: 'i.id', from: 'Investigation i', where };
    return new Set(await query(ids, Ids));
  };
  const [members, staff] = await Promise.all([
    which(isMember(actor)),
    which(isStaff(actor, staffOf)),
  ]);
  const isOnStaff = actor.kind !== 'nobody' && staffOf === 'all';
  const reason = ({
    id,
    releaseDate = '',
  }: Investigation): Visibility | null =>
    members.has(id)
      ? 'member'
      : isOnStaff || staff.has(id)
        ? 'staff'
        : Date.parse(releaseDate) <= now
          ? 'public'
          : // ICAT's rules let them see it for a reason of its own.
            actor.kind === 'person'
            ? 'staff'
            : null;
  return rows.flatMap((row) => {
    const visibility = reason(row);
    return visibility === null ? [] : [toExperiment(row, visibility, map)];
  });
}
