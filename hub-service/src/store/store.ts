import type { Database } from './database.js';
import { openPostgres } from './postgres/open.js';
import type { DatabaseSettings } from './postgres/settings.js';
import { openSqlite } from './sqlite.js';

/** What the service remembers, and whether it can be used at the moment. */
export interface Store {
  database: Database;
  /** Fulfilled when it can be used for the first time. */
  ready: Promise<void>;
  /** Why it cannot be used now, for the admin; `null` if it can. */
  readonly problem: string | null;
  close(): Promise<void>;
}

/**
 * Opens the store: PostgreSQL if the admin has named one, else a file in the state folder.
 *
 * @param said - gets each new problem of PostgreSQL, and `null` when there is none any more.
 * @throws {Error} if the file cannot be used.
 */
export async function openStore(
  stateDir: string,
  settings: DatabaseSettings | undefined,
  said: (problem: string | null) => void,
): Promise<Store> {
  if (settings !== undefined) {
    return openPostgres(settings, said);
  }
  const database = await openSqlite(stateDir);
  return {
    database,
    ready: Promise.resolve(),
    problem: null,
    close: () => database.destroy(),
  };
}
