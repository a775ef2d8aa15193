import type { DatabaseSync } from 'node:sqlite';
import type { Filters } from '@beamtime/contract';
import * as z from 'zod/mini';
import { known } from './people.js';
import { bound, type Looking, REASON, WHO } from './visible.js';

const Name = z.object({ name: z.string(), full_name: z.nullable(z.string()) });

/** The instruments, cycles and years of what a viewer may see. */
export function filtersFor(
  database: DatabaseSync,
  looking: Looking,
): Omit<Filters, 'problems'> {
  const values = bound(looking);
  const instruments = z.array(Name).parse(
    database
      .prepare(
        `with ${WHO} select i.name, i.full_name from instrument i
         where exists (select 1 from listing l where l.instrument = i.id and ${REASON} is not null)
         order by fold(i.name)`,
      )
      .all(values),
  );
  const cycles = database
    .prepare(
      `with ${WHO} select c.name from cycle c
       where exists (select 1 from listing l where l.cycle = c.name and ${REASON} is not null)
       order by coalesce(c.start_date, c.name) desc, c.name desc`,
    )
    .all(values);
  return {
    instruments: instruments.map(({ name, full_name }) => ({
      name,
      ...known({ fullName: full_name }),
    })),
    cycles: cycles.map(({ name }) => String(name)),
    years: yearsFor(database, looking),
  };
}

/** Newest first: from each year that there is to the next older one, a step in the index. */
function yearsFor(database: DatabaseSync, looking: Looking): number[] {
  const next = database.prepare(
    `with ${WHO} select l.start_key as start from listing l
     where l.start_key > '' and l.start_key < $before and ${REASON} is not null
     order by l.rid limit 1`,
  );
  const years: number[] = [];
  let before = '9999';
  for (;;) {
    const start = next.get({ ...bound(looking), $before: before })?.['start'];
    if (typeof start !== 'string') {
      return years;
    }
    before = start.slice(0, 4);
    years.push(Number(before));
  }
}
