import type { Filters } from '@beamtime/contract';
import * as z from 'zod/mini';
import { readRows, Rows } from '../http/rows.js';
import type { Connection } from './api.js';

const MOST_YEARS = 100;

const InstrumentRow = z.tuple([z.string(), z.nullable(z.string())]);
const CycleRow = z.object({ FacilityCycle: z.object({ name: z.string() }) });
const Span = z.array(z.tuple([z.nullable(z.string()), z.nullable(z.string())]));

/** What ICAT's experiments can be narrowed to. */
export async function readFilters({
  query,
}: Connection): Promise<Omit<Filters, 'problems'>> {
  const [instruments, cycles, spans] = await Promise.all([
    query(
      {
        select: 'x.name, x.fullName',
        from: 'Instrument x',
        orderBy: 'x.name ASC',
        limit: 500,
      },
      Rows,
    ),
    query(
      {
        select: 'c',
        from: 'FacilityCycle c',
        orderBy: 'c.startDate DESC, c.id DESC',
        limit: 200,
      },
      Rows,
    ),
    query(
      {
        select: 'MIN(i.startDate), MAX(i.startDate)',
        from: 'Investigation i',
      },
      Span,
    ),
  ]);
  return {
    instruments: readRows(instruments, InstrumentRow, ([name, fullName]) => ({
      name,
      ...(fullName !== null && { fullName }),
    })).items,
    cycles: [
      ...new Set(
        readRows(cycles, CycleRow, ({ FacilityCycle: { name } }) => name).items,
      ),
    ],
    years: yearsOf(spans[0] ?? [null, null]),
  };
}

/** From the last year to the first. */
function yearsOf(span: readonly [string | null, string | null]): number[] {
  const [first, last] = span.map((date) => Number(date?.slice(0, 4)));
  return first && last
    ? Array.from(
        { length: Math.min(last - first + 1, MOST_YEARS) },
        (_, n) => last - n,
      )
    : [];
}
