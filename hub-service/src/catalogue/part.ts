import { type SourceProblem } from '@beamtime/contract';
import { Refusal } from '../refusal.js';
import { type AdapterPage, SourceError } from './adapter.js';
import { partly, rowsLeftOut } from './problems.js';
import type { Reply, Source } from './source.js';

export interface Part<T> {
  items: T[];
  next?: string;
  total?: number;
  asOf: string;
  problems: SourceProblem[];
}

/**
 * What the contract says of a part of a list that one source has.
 *
 * @param what - `datasets`, `files`.
 * @throws {Refusal} if the source could not tell.
 */
export function toPart<T>(
  source: Source,
  reply: Reply<AdapterPage<T>>,
  what: string,
): Part<T> {
  const { askedAt, problems, value } = given(reply);
  const { items, next, total, leftOut = 0, problem, problemKind } = value;
  return {
    items,
    ...(next !== undefined && { next }),
    ...(total !== undefined && { total }),
    asOf: new Date(askedAt).toISOString(),
    problems: [
      ...problems,
      ...(problem === undefined
        ? []
        : [partly(source, problem, askedAt, problemKind)]),
      ...(leftOut === 0 ? [] : [rowsLeftOut(source, leftOut, what, askedAt)]),
    ],
  };
}

/** @throws {Refusal} if the source could not tell. */
export function given<T>(reply: Reply<T>): Extract<Reply<T>, { ok: true }> {
  if (!reply.ok) {
    throw new Refusal(codeOf(reply.error), reply.error.message);
  }
  return reply;
}

/** Makes what keeps a source from answering an answer to the person. */
export async function refusing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof SourceError
      ? new Refusal(codeOf(error), error.message)
      : error;
  }
}

/** Not `signed-out`: that is said of the hub, and signing in there again is a dead end. */
function codeOf({ kind }: SourceError): 'forbidden' | 'unavailable' {
  return kind === 'forbidden' || kind === 'signed-out'
    ? 'forbidden'
    : 'unavailable';
}
