import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { type Database, migrate, type Tables } from './database.js';
import { forKysely } from './node-sqlite.js';

/**
 * Opens the store in a file, makes or mends its tables.
 *
 * @param stateDir - folder of the file `beamtime.sqlite`; `null` for a store in memory.
 * @throws {Error} if the folder cannot be written or the file is of a newer Beamtime.
 */
export async function openSqlite(stateDir: string | null): Promise<Database> {
  if (stateDir !== null) {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  }
  const sqlite = new DatabaseSync(
    stateDir === null ? ':memory:' : path.join(stateDir, 'beamtime.sqlite'),
  );
  sqlite.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 2000',
  );
  const database = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: forKysely(sqlite) }),
  });
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
}
