import { stat } from 'node:fs/promises';
import { messageOf } from '../../refusal.js';
import { atMost } from '../../timing.js';
import type { EmbeddedConfig } from './config.js';
import type { Report } from './import/report.js';

const SHORTEST_INTERVAL_MS = 2_000;
const MINUTE_MS = 60_000;

/** Imports from a place; `true` to leave faulty rows out. */
export type Import = (from: string, leaveOut: boolean) => Promise<Report>;

/**
 * Keeps the catalogue as the site's files have it: one that is followed, or one that is
 * imported from time to time. Files that are no good change nothing.
 */
export class Feed {
  /** What is wrong with the files, in sentences for the admin. */
  problems: readonly string[] = [];
  /** Whether what is there may be older than the files. */
  stale = false;
  private seen = '';
  private checkedAt = -Infinity;
  private running: Promise<void> | null = null;
  private readonly timer: NodeJS.Timeout | null;

  /**
   * @param patienceMs - how long a question waits for an import under way.
   * @param now - milliseconds.
   */
  constructor(
    private readonly config: Pick<EmbeddedConfig, 'file' | 'sync'>,
    private readonly load: Import,
    private readonly patienceMs: number,
    private readonly now: () => number,
  ) {
    const { sync } = config;
    this.timer = sync
      ? setInterval(() => void this.begin(), sync.every * MINUTE_MS).unref()
      : null;
  }

  /** The first import. */
  async start(): Promise<void> {
    await this.begin();
  }

  /** Looks for a change of the followed file at most every two seconds. */
  async refresh(): Promise<void> {
    if (this.config.file !== undefined) {
      void this.begin();
    }
    if (this.running) {
      await atMost(this.patienceMs, this.running);
    }
  }

  stop(): void {
    if (this.timer) {
      clearInterval(this.timer);
    }
  }

  private begin(): Promise<void> {
    if (
      this.running === null &&
      this.now() - this.checkedAt >= SHORTEST_INTERVAL_MS
    ) {
      this.checkedAt = this.now();
      this.running = this.check().finally(() => {
        this.running = null;
      });
    }
    return this.running ?? Promise.resolve();
  }

  private async check(): Promise<void> {
    const { file, sync } = this.config;
    if (file !== undefined) {
      await this.follow(file);
    } else if (sync) {
      await this.take(sync.from, sync.leaveOut);
    }
  }

  private async follow(file: string): Promise<void> {
    let version: string;
    try {
      const { mtimeNs, size, ino } = await stat(file, { bigint: true });
      version = [mtimeNs, size, ino].join('/');
    } catch (error) {
      this.seen = '';
      this.fail(`${file} cannot be read: ${messageOf(error)}`);
      return;
    }
    if (version !== this.seen) {
      this.seen = version;
      await this.take(file, true);
    }
  }

  private async take(from: string, leaveOut: boolean): Promise<void> {
    try {
      const report = await this.load(from, leaveOut);
      const [first] = report.firstRejected;
      if (!report.done && first) {
        this.fail(
          `${from} has ${rows(report.rejected)} that cannot be taken. The first: ${first.file}, ${first.place}: ${first.reason}`,
        );
        return;
      }
      this.stale = false;
      this.problems = first
        ? [
            `${rows(report.rejected)} of the catalogue file ${from} left out. The first: ${first.file}, ${first.place}: ${first.reason}`,
          ]
        : [];
    } catch (error) {
      this.fail(`${from} is not imported: ${messageOf(error)}`);
    }
  }

  private fail(what: string): void {
    this.stale = true;
    this.problems = [
      `The embedded catalogue: ${what} Shown is what was there before.`,
    ];
  }
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${String(count)} rows`;
}
