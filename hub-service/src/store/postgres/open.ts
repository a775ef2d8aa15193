import { Kysely } from 'kysely';
import pg from 'pg';
import { migrate, type Tables } from '../database.js';
import type { Store } from '../store.js';
import { GuardedDialect } from './dialect.js';
import { Hold } from './hold.js';
import { connectionOf, type DatabaseSettings, nameOf } from './settings.js';

/** More would not make SQL of a few rows faster, and the server has a limit for all its users. */
const CONNECTIONS = 8;

const STARTING = 'The database is being asked for the first time.';

/**
 * The store in PostgreSQL.
 *
 * @param said - gets each new problem, and `null` when there is none any more.
 * @param patience - milliseconds that another service may take to let go before it is told.
 */
export function openPostgres(
  settings: DatabaseSettings,
  said: (problem: string | null) => void,
  patience = 10_000,
): Store {
  const connection = connectionOf(settings);
  let problem: string | null = STARTING;
  let usable: () => void;
  const ready = new Promise<void>((resolve) => (usable = resolve));
  const pool = new pg.Pool({
    ...connection,
    application_name: 'beamtime',
    max: CONNECTIONS,
    idleTimeoutMillis: 30_000,
  });
  // A connection that breaks, idle or between two questions, is left out by the pool, and what
  // is asked next fails in words. Unheard, the event would end the service.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const database = new Kysely<Tables>({
    dialect: new GuardedDialect(pool, () => problem),
  });
  const hold = new Hold(
    connection,
    nameOf(settings),
    async () => {
      await migrate(database);
      usable();
    },
    (now) => {
      if (now !== problem) {
        problem = now;
        said(now);
      }
    },
    patience,
  );
  hold.start();
  return {
    database,
    ready,
    get problem() {
      return problem;
    },
    close: async () => {
      await hold.stop();
      await database.destroy();
      await endOf(pool);
    },
  };
}

/** kysely ends the pool only if it has been used. */
async function endOf(pool: pg.Pool): Promise<void> {
  if (!pool.ending) {
    await pool.end();
  }
}
