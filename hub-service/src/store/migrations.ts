import type { Kysely, Migration } from 'kysely';
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
  // The embedded catalogue has a file of its own now.
  '0003-no-embedded-catalogue': {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const table of ['text', 'access', 'dataset', 'experiment']) {
        await db.schema.dropTable(`embedded_${table}`).ifExists().execute();
      }
    },
  },
  '0004-bookmarks': bookmarkMigration,
};
