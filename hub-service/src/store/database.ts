import { type Kysely, Migrator } from 'kysely';
import type { BookmarkRow } from './bookmarks.js';
import { migrations } from './migrations.js';

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
  bookmark: BookmarkRow;
}

export type Database = Kysely<Tables>;

/**
 * Makes or mends the tables, on either engine.
 *
 * @throws {Error} if the database cannot be written or is of a newer Beamtime.
 */
export async function migrate(database: Database): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error(JSON.stringify(error));
  }
}
