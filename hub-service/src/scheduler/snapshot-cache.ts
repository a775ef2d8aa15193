import type { ClusterSnapshot } from '@beamtime/contract';
import { messageOf, Refusal } from '../refusal.js';
import { atMost } from '../timing.js';
import type { Cluster, ClusterFacts } from './cluster.js';

/** Eight refreshes a minute, however many ask; see the reader for how many commands that makes. */
const SHORTEST_INTERVAL_MS = 7_500;
/** How long a caller waits for the news; after that the old answer has to do. */
// The hub puts a refusal onto the form only within a second of Start.
const PATIENCE_MS = { known: 150, unknown: 1_500, back: 400 };
/** A scheduler that takes so long for a question would take as long for a start. */
const OVERDUE_MS = 5_000;

/** Keeps the scheduler's last answer; asks again at most every 7.5 seconds, once at a time. */
export class SnapshotCache implements Cluster {
  private last: (ClusterFacts & { asOf: string }) | null = null;
  private problem: string | null = null;
  private running: Promise<void> | null = null;
  private startedAt = -Infinity;

  /**
   * @param read - asks the scheduler; ends by itself, with a sentence if it fails.
   * @param now - milliseconds.
   */
  constructor(
    readonly kind: ClusterSnapshot['kind'],
    private readonly read: () => Promise<ClusterFacts>,
    private readonly now: () => number = Date.now,
  ) {}

  async snapshot(): Promise<ClusterSnapshot> {
    if (
      this.running === null &&
      this.now() - this.startedAt >= SHORTEST_INTERVAL_MS
    ) {
      this.startedAt = this.now();
      this.running = this.refresh();
    }
    if (this.running) {
      const { known, unknown } = PATIENCE_MS;
      await atMost(this.last ? known : unknown, this.running);
    }
    const problem =
      this.problem ??
      (this.running ? 'The scheduler is slow to answer.' : null);
    if (this.last === null) {
      throw new Refusal(
        'unavailable',
        `${problem ?? 'The scheduler has not answered yet.'} Try again in a few seconds.`,
      );
    }
    return {
      kind: this.kind,
      ...this.last,
      ...(problem === null ? {} : { problem }),
    };
  }

  async mustAnswer(): Promise<void> {
    if (this.running && (this.problem !== null || this.isOverdue)) {
      // It may be back by now.
      await atMost(PATIENCE_MS.back, this.running);
    }
    if (this.problem !== null) {
      throw new Refusal('unavailable', this.problem);
    }
    if (this.running && this.isOverdue) {
      throw new Refusal(
        'unavailable',
        `The scheduler has not answered for ${Math.round((this.now() - this.startedAt) / 1000)} s. Sessions that run are not touched.`,
      );
    }
  }

  /** Slurm's commands take 9 s or more to say that its controller is away. */
  private get isOverdue(): boolean {
    return this.now() - this.startedAt >= OVERDUE_MS;
  }

  private async refresh(): Promise<void> {
    try {
      const asOf = new Date(this.now()).toISOString();
      this.last = { asOf, ...(await this.read()) };
      this.problem = null;
    } catch (error) {
      this.problem = messageOf(error);
    } finally {
      this.running = null;
    }
  }
}
