import {
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
} from 'kysely';
import { awayRefusal, isAway } from './away.js';

/** kysely's PostgreSQL, but a server that is away is a refusal in words, and at once. */
export class GuardedDialect extends PostgresDialect {
  private readonly config: PostgresDialectConfig;

  /**
   * @param away - why the database cannot be used now, `null` if it can: nobody waits
   * for a time limit of which it is known that it will be reached.
   */
  constructor(
    pool: PostgresDialectConfig['pool'],
    private readonly away: () => string | null,
  ) {
    const config = { pool, onCreateConnection: speakInWords };
    super(config);
    this.config = config;
  }

  override createDriver(): PostgresDriver {
    return new GuardedDriver(this.config, this.away);
  }
}

class GuardedDriver extends PostgresDriver {
  constructor(
    config: PostgresDialectConfig,
    private readonly away: () => string | null,
  ) {
    super(config);
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const why = this.away();
    if (why !== null) {
      throw awayRefusal(why);
    }
    return inWords(super.acquireConnection());
  }
}

async function speakInWords(connection: DatabaseConnection): Promise<void> {
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = (query) => inWords(execute(query));
  await Promise.resolve();
}

async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isAway(error) ? awayRefusal(error) : error;
  }
}
