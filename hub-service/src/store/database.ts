import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, Migrator, SqliteDialect } from 'kysely';
import { migrations } from './migrations.js';
import { forKysely } from './node-sqlite.js';

/** The tables. Instants are ISO 8601 in UTC with milliseconds, so that text sorts as time. */
export interface Tables {
  /** What each person started last. */
  session_choice: {
    user_name: string;
    /** JSON of a `SessionRequest`. */
    options: string;
    updated_at: string;
  };
  /** What people have given a name. */
  preset: {
    user_name: string;
    name: string;
    /** JSON of a `SessionRequest`. */
    options: string;
    updated_at: string;
  };
  embedded_experiment: {
    id: string;
    /** The start, empty where it is not known: those come last. */
    sort_key: string;
    release_at: string | null;
    /** JSON of an `EmbeddedExperiment`. */
    record: string;
  };
  embedded_access: {
    experiment_id: string;
    login: string;
    reason: 'member' | 'staff';
  };
  embedded_dataset: {
    experiment_id: string;
    position: number;
    /** JSON of a contract `Dataset`. */
    record: string;
  };
  /** FTS5. `people` is apart because the public must not find a team by its names. */
  embedded_text: { id: string; open: string; people: string };
}

export type Database = Kysely<Tables>;

/**
 * Opens the store, makes or mends its tables.
 *
 * @param stateDir - folder of the file `beamtime.sqlite`; `null` for a store in memory.
 * @throws {Error} if the folder cannot be written or the file is of a newer Beamtime.
 */
export async function openDatabase(stateDir: string | null): Promise<Database> {
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
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    throw error instanceof Error ? error : new Error(JSON.stringify(error));
  }
  return database;
}
