import type { DatabaseSync } from 'node:sqlite';
import { buildListing } from '../listing.js';
import { type Table, TABLES } from '../tables.js';
import type { Change } from './report.js';

const EXAMPLES = 5;

/** What the staged rows would change, by table; tables that stay as they are left out. */
export function differences(database: DatabaseSync): Change[] {
  return TABLES.flatMap((table) => {
    const change = difference(database, table);
    return change.added + change.changed + change.removed > 0 ? [change] : [];
  });
}

function difference(
  database: DatabaseSync,
  { name, key, columns }: Table,
): Change {
  const same = key.map((column) => `n.${column} = o.${column}`).join(' and ');
  const label = (of: string) =>
    key.map((column) => `${of}.${column}`).join(` || '/' || `);
  const rest = Object.keys(columns).filter((column) => !key.includes(column));
  const differs = rest.map((column) => `n.${column} is not o.${column}`);
  const lacking = (of: string, other: string) =>
    `from ${of} where not exists (select 1 from ${other} where ${same})`;
  const sets = {
    added: [label('n'), lacking(`new_${name} n`, `main.${name} o`)],
    changed: [
      label('n'),
      `from new_${name} n join main.${name} o on ${same} where ${differs.length > 0 ? differs.join(' or ') : 'false'}`,
    ],
    removed: [label('o'), lacking(`main.${name} o`, `new_${name} n`)],
  };
  const examples: string[] = [];
  const count = ([what = '', rows = '']: string[], sign: string) => {
    const some = database.prepare(
      `select ${what} as label ${rows} limit ${String(EXAMPLES)}`,
    );
    examples.push(...some.all().map(({ label: of }) => `${sign}${String(of)}`));
    const all = database.prepare(`select count(*) as n ${rows}`).get();
    return Number(all?.['n']);
  };
  return {
    table: name,
    added: count(sets.added, '+'),
    changed: count(sets.changed, '~'),
    removed: count(sets.removed, '-'),
    examples,
  };
}

/** Puts the staged rows in the place of what is there, in the transaction under way. */
export function apply(database: DatabaseSync): void {
  for (const { name, columns } of TABLES) {
    const names = Object.keys(columns).join(', ');
    database.exec(
      `delete from main.${name};
       insert into main.${name}(${names}) select ${names} from new_${name} order by rowid`,
    );
  }
  buildListing(database);
}
