import {
  type Bookmarks as Marked,
  parseExperimentKey,
} from '@beamtime/contract';
import type { Kysely, Migration, Transaction } from 'kysely';
import { Refusal } from '../refusal.js';
import type { Database, Tables } from './database.js';

const MOST_FAVOURITES = 200;
const MOST_RECENT = 20;
const LONGEST_KEY = 300;

/** A row of the table `bookmark`. */
export interface BookmarkRow {
  user_name: string;
  kind: 'favourite' | 'recent';
  /** `source:id` of an experiment, whether or not there is still one. */
  key: string;
  /** When it was marked, or opened last. */
  at: string;
}

export const bookmarkMigration: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('bookmark')
      .addColumn('user_name', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('key', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('bookmark_key', ['user_name', 'kind', 'key'])
      .execute();
  },
};

/**
 * The experiments that people have marked, and those they opened last. They are keys and no
 * more: whether one may see what is behind a key is asked of the catalogue, each time.
 */
export class Bookmarks {
  constructor(
    private readonly database: Database,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Newest first. */
  async of(user: string): Promise<Marked> {
    const rows = await rowsOf(this.database, user);
    const keys = (kind: BookmarkRow['kind']) =>
      rows.filter((row) => row.kind === kind).map(({ key }) => key);
    return { favourites: keys('favourite'), recent: keys('recent') };
  }

  /** @throws {Refusal} `bad-request` if it is no key, or no more can be kept. */
  async mark(user: string, key: string): Promise<void> {
    await this.put(user, 'favourite', key, (others) => {
      if (others.length >= MOST_FAVOURITES) {
        throw new Refusal(
          'bad-request',
          `You have ${MOST_FAVOURITES} favourites, and more cannot be kept. Remove one first.`,
        );
      }
      return [];
    });
  }

  /** One that is not there is gone already. */
  async unmark(user: string, key: string): Promise<void> {
    await this.database
      .deleteFrom('bookmark')
      .where('user_name', '=', user)
      .where('kind', '=', 'favourite')
      .where('key', '=', key)
      .execute();
  }

  /** Keeps that it was opened now; what was opened long before is forgotten. */
  async opened(user: string, key: string): Promise<void> {
    await this.put(user, 'recent', key, (others) =>
      others.slice(MOST_RECENT - 1).map((row) => row.key),
    );
  }

  private async put(
    user: string,
    kind: BookmarkRow['kind'],
    key: string,
    tooMany: (others: BookmarkRow[]) => string[],
  ): Promise<void> {
    checkKey(key);
    await this.database.transaction().execute(async (transaction) => {
      const all = await rowsOf(transaction, user);
      const others = all.filter((row) => row.kind === kind && row.key !== key);
      const old = tooMany(others);
      if (old.length > 0) {
        await transaction
          .deleteFrom('bookmark')
          .where('user_name', '=', user)
          .where('kind', '=', kind)
          .where('key', 'in', old)
          .execute();
      }
      // Later than all others, also within one millisecond.
      const last = Date.parse(others[0]?.at ?? '') + 1 || 0;
      const at = new Date(Math.max(this.now().getTime(), last)).toISOString();
      await transaction
        .insertInto('bookmark')
        .values({ user_name: user, kind, key, at })
        .onConflict((conflict) =>
          conflict.columns(['user_name', 'kind', 'key']).doUpdateSet({ at }),
        )
        .execute();
    });
  }
}

async function rowsOf(
  database: Database | Transaction<Tables>,
  user: string,
): Promise<BookmarkRow[]> {
  return database
    .selectFrom('bookmark')
    .selectAll()
    .where('user_name', '=', user)
    .orderBy('at', 'desc')
    .orderBy('key')
    .execute();
}

function checkKey(key: string): void {
  if (
    key.length > LONGEST_KEY ||
    parseExperimentKey(key) === null ||
    /\p{Cc}/u.test(key)
  ) {
    throw new Refusal(
      'bad-request',
      'This is no experiment’s key. Reload the page, then mark it again.',
    );
  }
}
