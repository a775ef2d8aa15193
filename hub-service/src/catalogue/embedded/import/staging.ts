import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod/mini';
import { describeIssues } from '../../../refusal.js';
import { isNumber, type Table, TABLES } from '../tables.js';
import type { Rejected } from './report.js';

/** Rejected rows that are named; of more, only the number is told. */
const NAMED = 1_000;

/** Puts the rows of an import where they can be compared with what is there. */
export class Staging {
  rows = 0;
  rejected = 0;
  readonly firstRejected: Rejected[] = [];
  private readonly kinds: ReadonlyMap<string, ReturnType<Staging['kind']>>;

  constructor(private readonly database: DatabaseSync) {
    this.kinds = new Map(TABLES.map((table) => [table.name, this.kind(table)]));
  }

  /** Takes a row, or notes why not. */
  add(name: string, row: unknown, file: string, place: string): void {
    const kind = this.kinds.get(name);
    if (!kind) {
      throw new Error(`There is no table ${name}.`);
    }
    this.rows += 1;
    const parsed = kind.schema.safeParse(normalised(row));
    if (!parsed.success) {
      this.reject(file, place, reasonOf(parsed.error));
      return;
    }
    const { columns, key } = kind.table;
    const values = Object.entries(columns).map(
      ([column, { fallback }]) => parsed.data[column] ?? fallback ?? null,
    );
    if (kind.insert.run(...values, file, place).changes === 0) {
      const same = Object.keys(columns).flatMap((column, at) =>
        key.includes(column) ? [String(values[at])] : [],
      );
      this.reject(
        file,
        place,
        `${key.join(', ')} ${same.join(', ')} is there twice.`,
      );
    }
  }

  reject(file: string, place: string, reason: string): void {
    this.rejected += 1;
    if (this.firstRejected.length < NAMED) {
      this.firstRejected.push({ file, place, reason });
    }
  }

  /** Takes out rows that name what is not there, and values that may not be there twice. */
  check(): void {
    for (const table of TABLES) {
      for (const column of table.unique) {
        this.sift(
          table,
          `${column} is not null and rowid > (select min(o.rowid) from new_${table.name} o where o.${column} = n.${column})`,
          column,
          'is there twice',
        );
      }
      for (const [column, { of }] of Object.entries(table.columns)) {
        const key = TABLES.find(({ name }) => name === of)?.key[0];
        if (of !== undefined && key !== undefined) {
          this.sift(
            table,
            `${column} is not null and not exists (select 1 from new_${of} o where o.${key} = n.${column})`,
            column,
            `is not among the rows of ${of}, or was rejected there`,
          );
        }
      }
    }
  }

  /** Makes room for the rows, and ways to put them there. */
  private kind(table: Table) {
    const { name, key, columns, unique } = table;
    const names = Object.keys(columns);
    const lines = names.map((column) => {
      const of = columns[column];
      return `${column} ${of && isNumber(of) ? 'integer' : 'text'}`;
    });
    this.database.exec(
      [
        `drop table if exists temp.new_${name}`,
        `create temp table new_${name}(${lines.join(', ')}, file_ text, place_ text, primary key(${key.join(', ')}))`,
        ...unique.map(
          (column) =>
            `create index temp.new_${name}_${column} on new_${name}(${column})`,
        ),
      ].join(';\n'),
    );
    const insert: StatementSync = this.database.prepare(
      `insert or ignore into new_${name} values (${[...names, 'f', 'p'].map(() => '?').join(', ')})`,
    );
    return { table, schema: rowOf(table), insert };
  }

  private sift(
    { name }: Table,
    condition: string,
    column: string,
    why: string,
  ): void {
    const bad = this.database
      .prepare(
        `select n.rowid as id, n.${column} as value, file_, place_ from new_${name} n where ${condition}`,
      )
      .all();
    const remove = this.database.prepare(
      `delete from new_${name} where rowid = ?`,
    );
    for (const { id, value, file_, place_ } of bad) {
      remove.run(Number(id));
      this.reject(
        String(file_),
        String(place_),
        `${column}: ${String(value)} ${why}.`,
      );
    }
  }
}

function rowOf({ columns }: Table) {
  return z.strictObject(
    Object.fromEntries(
      Object.entries(columns).map(([column, { check, required }]) => [
        column,
        required ? check : z.optional(check),
      ]),
    ),
  );
}

/** A row with text for every value that is given: nothing else comes from CSV. */
function normalised(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return row;
  }
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]: [string, unknown]) => {
      const plain =
        typeof value === 'number'
          ? String(value)
          : typeof value === 'string'
            ? value.trim()
            : value;
      return plain === '' || plain === null ? [] : [[column, plain]];
    }),
  );
}

function reasonOf(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'invalid_type' && issue.input === undefined) {
    return `${z.core.toDotPath(issue.path)} is missing.`;
  }
  return describeIssues(error);
}
