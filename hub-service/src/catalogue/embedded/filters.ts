import type { DatabaseSync } from 'node:sqlite';
import type { Filters } from '@beamtime/contract';
import * as z from 'zod/mini';
import { known } from './people.js';
import { bound, type Looking, REASON, WHO } from './visible.js';

const Text = z.nullable(z.string());
const Kind = z.object({
  instrument: z.string(),
  cycle: Text,
  year: z.string(),
});
const Instrument = z.object({
  id: z.string(),
  name: z.string(),
  full_name: Text,
});

/** The instruments, cycles and years of what a viewer may see: one look at every row. */
export function filtersFor(
  database: DatabaseSync,
  looking: Looking,
): Omit<Filters, 'problems'> {
  const kinds = z.array(Kind).parse(
    database
      .prepare(
        `with ${WHO} select distinct l.instrument, l.cycle, substr(l.start_key, 1, 4) as year
         from listing l where ${REASON} is not null`,
      )
      .all(bound(looking)),
  );
  const instruments = new Set(kinds.map(({ instrument }) => instrument));
  const cycles = new Set(kinds.map(({ cycle }) => cycle));
  const years = new Set(kinds.map(({ year }) => Number(year)));
  return {
    instruments: z
      .array(Instrument)
      .parse(
        database
          .prepare(
            'select id, name, full_name from instrument order by fold(name)',
          )
          .all(),
      )
      .filter(({ id }) => instruments.has(id))
      .map(({ name, full_name }) => ({
        name,
        ...known({ fullName: full_name }),
      })),
    cycles: database
      .prepare(
        'select name from cycle order by coalesce(start_date, name) desc, name desc',
      )
      .all()
      .map(({ name }) => String(name))
      .filter((name) => cycles.has(name)),
    years: [...years].filter((year) => year > 0).sort((a, b) => b - a),
  };
}
