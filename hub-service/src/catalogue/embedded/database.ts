import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fold } from './fold.js';
import { isNumber, type Table, TABLES } from './tables.js';

/** Goes up whenever the tables change: the catalogue is then to be loaded again. */
const VERSION = 1;

/**
 * What is searched and sorted, made anew from the facts by every import.
 *
 * `rid` goes from the newest experiment to the oldest, those without a start last, so that
 * whatever comes in the order of rows comes newest first; `by_title` and `by_proposal` are
 * places in the other two orders.
 */
const LISTING = `
create table listing(
  rid integer primary key, id text not null unique, instrument text not null, cycle text,
  start_key text not null, release_at text, by_title integer not null unique,
  by_proposal integer not null unique, dataset_count integer not null, bytes integer) strict;
create index listing_start on listing(start_key desc, rid);
create index listing_instrument on listing(instrument, rid);
create index listing_cycle on listing(cycle, rid);
create index listing_release on listing(release_at, rid);
create virtual table search using fts5(open, people, content = '', detail = column,
  prefix = '1 2 3', tokenize = 'ascii');`;

/** The file of an embedded catalogue: it can always be loaded again from what the site has. */
export function catalogueFile(stateDir: string, source: string): string {
  const name = source === 'embedded' ? 'catalogue' : `catalogue-${source}`;
  return path.join(stateDir, `${name}.sqlite`);
}

/**
 * Opens the catalogue, an empty one if there is none or it is of another version.
 *
 * @param file - its path; `null` for one in memory.
 */
export function openCatalogue(file: string | null): DatabaseSync {
  if (file !== null) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  }
  let database = open(file);
  let version = versionOf(database);
  if (file !== null && version !== VERSION && version !== 0) {
    database.close();
    for (const ending of ['', '-wal', '-shm']) {
      rmSync(file + ending, { force: true });
    }
    database = open(file);
    version = 0;
  }
  if (version === 0) {
    create(database);
  }
  return database;
}

function open(file: string | null): DatabaseSync {
  const database = new DatabaseSync(file ?? ':memory:');
  // 4 MiB of cache; the kernel's own serves for the rest.
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000; pragma cache_size = -4000; pragma journal_size_limit = 16000000',
  );
  database.function('fold', { deterministic: true }, (value) =>
    typeof value === 'string' ? fold(value) : null,
  );
  return database;
}

function versionOf(database: DatabaseSync): number {
  return Number(
    database.prepare('pragma user_version').get()?.['user_version'],
  );
}

function create(database: DatabaseSync): void {
  database.exec('begin immediate');
  try {
    // Another process may have been quicker.
    if (versionOf(database) !== VERSION) {
      database.exec(
        [
          ...TABLES.map((table) => definition(table)),
          LISTING,
          `pragma user_version = ${String(VERSION)}`,
        ].join(';\n'),
      );
    }
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}

/** The statements that make a table. */
function definition({ name, key, columns, indexes, unique }: Table): string {
  const lines = Object.entries(columns).map(([column, of]) => {
    const type = isNumber(of) ? 'integer' : 'text';
    const needed = of.required || of.fallback !== undefined;
    return `${column} ${type}${needed ? ' not null' : ''}`;
  });
  const doi = (column: string) => (column === 'doi' ? 'lower(doi)' : column);
  return [
    `create table ${name}(${[...lines, `primary key(${key.join(', ')})`].join(', ')}) strict`,
    ...indexes.map(
      (column) => `create index ${name}_${column} on ${name}(${doi(column)})`,
    ),
    ...unique.map(
      (column) => `create unique index ${name}_${column} on ${name}(${column})`,
    ),
  ].join(';\n');
}
