import type { DatabaseSync } from 'node:sqlite';
import { apply, differences } from './apply.js';
import type { Report } from './report.js';
import { readSource } from './source.js';
import { Staging } from './staging.js';

export interface ImportOptions {
  /** A JSON file or a folder of CSV. */
  from: string;
  /** Only tells what would be. */
  dryRun: boolean;
  /** Leaves faulty rows out, where otherwise one of them stops everything. */
  leaveOut: boolean;
}

/**
 * Makes the catalogue what the files say, all of it or nothing. Whoever reads meanwhile sees
 * what was there before.
 *
 * @throws {Unreadable} if it is no catalogue as a whole.
 */
export async function importCatalogue(
  database: DatabaseSync,
  { from, dryRun, leaveOut }: ImportOptions,
): Promise<Report> {
  const staging = new Staging(database);
  await readSource(from, staging);
  staging.check();
  const { rows, rejected, firstRejected } = staging;
  database.exec('begin immediate');
  try {
    const changes = differences(database);
    const wanted = !dryRun && (leaveOut || rejected === 0);
    if (wanted && changes.length > 0) {
      apply(database);
    }
    database.exec('commit');
    if (wanted && changes.length > 0) {
      database.exec('pragma wal_checkpoint(truncate)');
    }
    return { rows, changes, rejected, firstRejected, done: wanted };
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
