import { type Kysely, type Migration, sql, SqliteAdapter } from 'kysely';
import { bookmarkMigration } from './bookmarks.js';

/**
 * The store's history, in order of the names. A published one is never changed:
 * what it made wrong, the next one mends.
 */
export const migrations: Record<string, Migration> = {
  '0001-choices-and-embedded-catalogue': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('session_choice')
        .addColumn('user_name', 'text', (column) => column.primaryKey())
        .addColumn('options', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('embedded_experiment')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sort_key', 'text', (column) => column.notNull())
        .addColumn('release_at', 'text')
        .addColumn('record', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('embedded_experiment_newest')
        .on('embedded_experiment')
        .columns(['sort_key', 'id'])
        .execute();
      await db.schema
        .createTable('embedded_access')
        .addColumn('experiment_id', 'text', (column) => column.notNull())
        .addColumn('login', 'text', (column) => column.notNull())
        .addColumn('reason', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('embedded_access_key', [
          'experiment_id',
          'login',
          'reason',
        ])
        .execute();
      await db.schema
        .createTable('embedded_dataset')
        .addColumn('experiment_id', 'text', (column) => column.notNull())
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('record', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('embedded_dataset_key', [
          'experiment_id',
          'position',
        ])
        .execute();
      if (db.getExecutor().adapter instanceof SqliteAdapter) {
        await sql`create virtual table embedded_text using fts5(
          id unindexed, open, people, prefix = '2 3',
          tokenize = "unicode61 remove_diacritics 2")`.execute(db);
      }
    },
  },
  '0002-presets': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('preset')
        .addColumn('user_name', 'text', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('options', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('preset_key', ['user_name', 'name'])
        .execute();
    },
  },
  '0004-bookmarks': bookmarkMigration,
};
