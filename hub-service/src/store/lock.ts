import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Holds the state folder for this process. The kernel lets go of it when the process dies. */
export interface StateLock {
  release(): void;
}

/**
 * Takes the state folder, or `null` if another process has it.
 *
 * Node has no flock; an open exclusive transaction of SQLite is one. It has a file of
 * its own, so that the store can be read and backed up while the service runs.
 */
export function tryLock(stateDir: string): StateLock | null {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const sqlite = new DatabaseSync(path.join(stateDir, 'lock.sqlite'));
  try {
    sqlite.exec('pragma busy_timeout = 0; begin exclusive');
  } catch (error) {
    sqlite.close();
    if (/locked|busy/i.test(String(error))) {
      return null;
    }
    throw error;
  }
  return { release: () => sqlite.close() };
}
