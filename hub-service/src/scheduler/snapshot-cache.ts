import type { ClusterSnapshot } from '@beamtime/contract';
import { messageOf, Refusal } from '../refusal.js';
import type { Cluster, ClusterFacts } from './cluster.js';

/** Twelve refreshes a minute, however many ask. */
const SHORTEST_INTERVAL_MS = 5_000;
/** How long a caller waits for the news; after that the old answer has to do. */
const PATIENCE_MS = { known: 400, unknown: 1_500 };

/** Keeps the scheduler's last answer; asks again at most every five seconds, once at a time. */
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

async function atMost(milliseconds: number, work: Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, tooLong]);
  clearTimeout(timer);
}
