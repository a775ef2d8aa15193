import type { PartQuery } from '@beamtime/contract';
import { Refusal } from '../../refusal.js';
import type { AdapterPage } from '../adapter.js';

const DEFAULT_LIMIT = 50;

/** Which rows of a list that is paged by counting: one more than asked for tells of more. */
export interface Window {
  skip: number;
  limit: number;
}

/** @throws {Refusal} `bad-request` for a cursor that is none. */
export function windowOf({
  cursor = '0',
  limit = DEFAULT_LIMIT,
}: Pick<PartQuery, 'cursor' | 'limit'>): Window {
  const skip = Number(cursor);
  if (!/^\d+$/.test(cursor) || !Number.isSafeInteger(skip)) {
    throw new Refusal('bad-request', 'The cursor is not understood.');
  }
  return { skip, limit };
}

/** The cursor after a window's rows, of which the source gave `got` (of `limit + 1` asked for). */
export function after(
  { skip, limit }: Window,
  got: number,
): Pick<AdapterPage<unknown>, 'next'> {
  return got > limit ? { next: String(skip + limit) } : {};
}
