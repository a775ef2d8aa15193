import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../refusal.js';
import type { Database } from '../../store/database.js';
import { readEmbeddedFile } from './file.js';
import { load } from './load.js';

const SHORTEST_INTERVAL_MS = 2_000;

/** Loads the catalogue's file when it has changed; a file that is no good changes nothing. */
export class FileWatch {
  /** What is wrong with the file, in sentences for the admin. */
  problems: readonly string[] = [];
  /** Whether what is loaded may be older than the file. */
  stale = false;
  private loaded = '';
  private checkedAt = -Infinity;
  private running: Promise<void> | null = null;

  /** @param now - milliseconds. */
  constructor(
    private readonly path: string,
    private readonly database: Database,
    private readonly now: () => number = Date.now,
  ) {}

  /** Looks for a change at most every two seconds; everybody waits for a load under way. */
  async refresh(): Promise<void> {
    if (
      this.running === null &&
      this.now() - this.checkedAt >= SHORTEST_INTERVAL_MS
    ) {
      this.checkedAt = this.now();
      this.running = this.check().finally(() => {
        this.running = null;
      });
    }
    await this.running;
  }

  private async check(): Promise<void> {
    let version: string;
    try {
      const { mtimeNs, size, ino } = await stat(this.path, { bigint: true });
      version = [mtimeNs, size, ino].join('/');
    } catch (error) {
      this.fail('cannot be read', error);
      this.loaded = '';
      return;
    }
    if (version === this.loaded) {
      return;
    }
    this.loaded = version;
    try {
      const file = readEmbeddedFile(await readFile(this.path, 'utf8'));
      await load(this.database, file);
      this.problems = summarize(this.path, file.faults);
      this.stale = false;
    } catch (error) {
      this.fail('is no catalogue', error);
    }
  }

  private fail(what: string, error: unknown): void {
    this.stale = true;
    this.problems = [
      `The catalogue file ${this.path} ${what}: ${messageOf(error)} Shown is what it said before.`,
    ];
  }
}

function summarize(path: string, faults: readonly string[]): string[] {
  const [first] = faults;
  return first === undefined
    ? []
    : [
        `${faults.length} ${faults.length === 1 ? 'row' : 'rows'} of the catalogue file ${path} ${faults.length === 1 ? 'is' : 'are'} left out. The first: ${first}`,
      ];
}
