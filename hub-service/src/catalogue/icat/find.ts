import type { ExperimentQuery } from '@beamtime/contract';
import type { Asking } from '../adapter.js';
import { BadParameter, type Connection } from './api.js';
import { and, contains, literal, or, timestamp } from './jpql.js';
import {
  EMBARGOED,
  isMember,
  isOf,
  isStaff,
  mayBeSeen,
  RELEASED,
} from './visible.js';

/** A query travels in the URL, whose length is limited. */
const MOST_WORDS = 8;
const MOST_HITS = 300;

/**
 * What must hold for the experiments that are asked for.
 *
 * @returns `'nothing'` if there can be none for this person.
 */
export async function toWhere(
  connection: Connection,
  asking: Asking,
  query: ExperimentQuery,
): Promise<{ where: string | null } | 'nothing'> {
  const { actor } = connection;
  const { scope = 'all', instruments = [], cycle, from, to, text = '' } = query;
  const asked =
    scope === 'mine'
      ? isMember(actor)
      : scope === 'instrument'
        ? isStaff(actor, asking.staffOf)
        : null;
  if ((scope === 'mine' || scope === 'instrument') && asked === null) {
    return 'nothing';
  }
  return {
    where: and(
      mayBeSeen(actor, asking.staffOf),
      asked,
      scope === 'public' ? RELEASED : null,
      scope === 'embargoed' ? EMBARGOED : null,
      instruments.length === 0 ? null : isOf(instruments),
      cycle === undefined
        ? null
        : `i.id IN (SELECT c.investigation.id FROM InvestigationFacilityCycle c WHERE c.facilityCycle.name = ${literal(cycle)})`,
      from === undefined
        ? null
        : `i.startDate >= ${timestamp(`${from}T00:00:00`)}`,
      to === undefined ? null : `i.startDate < ${timestamp(dayAfter(to))}`,
      await matching(connection, asking, text),
    ),
  };
}

/** All words, each anywhere; or what the server's search engine finds for them. */
async function matching(
  connection: Connection,
  asking: Asking,
  text: string,
): Promise<string | null> {
  const words = text.split(/[\s\p{Cc}]+/u).filter((word) => word !== '');
  if (words.length === 0) {
    return null;
  }
  const { actor } = connection;
  const member = isMember(actor);
  const staff = isStaff(actor, asking.staffOf);
  const inside = words.slice(0, MOST_WORDS).map((word) =>
    or(
      ...['i.name', 'i.visitId', 'i.title', 'i.summary', 'i.doi'].map((path) =>
        contains(path, word),
      ),
      `i.id IN (SELECT t.investigation.id FROM InvestigationInstrument t WHERE ${contains('t.instrument.name', word)})`,
      // The public is not told who was there, so it does not find by people either.
      ...(member === null || staff === null
        ? []
        : [
            `(i.id IN (SELECT p.investigation.id FROM InvestigationUser p WHERE ${contains('p.user.fullName', word)}) AND ${or(member, staff)})`,
          ]),
    ),
  );
  const found = actor.kind === 'person' ? await hits(connection, text) : [];
  const all = inside.join(' AND ');
  return found.length === 0
    ? all
    : or(`i.id IN (${found.join(', ')})`, `(${all})`);
}

/** Its words have a grammar of their own: what it does not read, it does not find. */
async function hits(connection: Connection, text: string): Promise<number[]> {
  try {
    return await connection.search(text, MOST_HITS);
  } catch (error) {
    if (error instanceof BadParameter) {
      return [];
    }
    throw error;
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
    .toISOString()
    .slice(0, 19);
}
