import { messageOf } from '../../refusal.js';
import { atMost } from '../../timing.js';
import { Budget } from './budget.js';
import type { Job, JobsAnswer, JobsQuery } from './job.js';

/** How long a caller waits for the news; after that what is known has to do. */
const PATIENCE_MS = 1_000;
/** A job that nobody has asked for in this time is forgotten. */
const FORGET_MS = 300_000;

interface Known {
  startedAt: number;
  jobs: ReadonlyMap<string, Job>;
}

/** The jobs of all sessions, asked for at once and at most twelve times a minute. */
export class Jobs {
  private known: Known | null = null;
  private problem: string | null = null;
  private running: Promise<void> | null = null;
  private wantedEarly = false;
  private readonly budget = new Budget();
  /** By number: when it was asked for first and last. */
  private readonly wanted = new Map<string, { first: number; last: number }>();

  /**
   * @param read - asks Slurm for these jobs; ends by itself, with a sentence if it fails.
   * @param now - milliseconds.
   */
  constructor(
    private readonly read: (
      ids: readonly string[],
    ) => Promise<ReadonlyMap<string, Job>>,
    private readonly now: () => number = Date.now,
  ) {}

  /** What Slurm said last of these jobs; asks again where that is due. Never fails. */
  async ask({ ids, fresh }: JobsQuery): Promise<JobsAnswer> {
    const now = this.now();
    for (const id of ids) {
      const first = this.wanted.get(id)?.first ?? now;
      this.wanted.set(id, { first, last: now });
    }
    // A new job is news as well: nobody knows of it yet.
    const isNew = ids.some((id) => !this.wasAsked(id));
    this.wantedEarly ||= fresh || isNew;
    const isDue =
      this.running === null &&
      this.wanted.size > 0 &&
      this.budget.take(now, this.wantedEarly);
    if (isDue) {
      this.wantedEarly = false;
      this.running = this.refresh();
    }
    // Who asks once a second would else learn the news a second later.
    if (this.running && (isDue || isNew || fresh)) {
      await atMost(PATIENCE_MS, this.running);
    }
    return this.answer(ids);
  }

  private answer(ids: readonly string[]): JobsAnswer {
    const told = ids
      .filter((id) => this.wasAsked(id))
      .map((id) => [id, this.known?.jobs.get(id) ?? null] as const);
    return {
      asOf: this.known && new Date(this.known.startedAt).toISOString(),
      ...(this.problem === null ? {} : { problem: this.problem }),
      jobs: Object.fromEntries(told),
    };
  }

  /** Only an answer to a question that came after the first wish can say that a job is gone. */
  private wasAsked(id: string): boolean {
    const first = this.wanted.get(id)?.first;
    return (
      first !== undefined &&
      this.known !== null &&
      this.known.startedAt >= first
    );
  }

  private async refresh(): Promise<void> {
    const startedAt = this.now();
    for (const [id, { last }] of this.wanted) {
      if (startedAt - last > FORGET_MS) {
        this.wanted.delete(id);
      }
    }
    try {
      const jobs = await this.read([...this.wanted.keys()]);
      this.known = { startedAt, jobs };
      this.problem = null;
    } catch (error) {
      this.problem = messageOf(error);
    } finally {
      this.running = null;
    }
  }
}
