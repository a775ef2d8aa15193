/** Jobs run one after another; the lowest number first, of equals the oldest. */
export class JobQueue {
  private readonly waiting: {
    id: number;
    rank: number;
    run: () => Promise<void>;
  }[] = [];
  private busy = false;

  /** @param pause - Lets messages in that have arrived meanwhile. */
  constructor(private readonly pause: () => Promise<void>) {}

  /** @param run - Must not reject. */
  push(id: number, rank: number, run: () => Promise<void>): void {
    this.waiting.push({ id, rank, run });
    void this.drain();
  }

  /** @returns Whether the job was still waiting; then it never runs. */
  cancel(id: number): boolean {
    const index = this.waiting.findIndex((job) => job.id === id);
    if (index < 0) {
      return false;
    }
    this.waiting.splice(index, 1);
    return true;
  }

  private async drain(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    // What is asked for in the same breath is ranked together.
    await this.pause();
    for (let job = this.next(); job !== undefined; job = this.next()) {
      await job.run();
      await this.pause();
    }
    this.busy = false;
  }

  private next(): { run: () => Promise<void> } | undefined {
    let best = 0;
    this.waiting.forEach((job, index) => {
      if (job.rank < (this.waiting[best]?.rank ?? Infinity)) {
        best = index;
      }
    });
    return this.waiting.splice(best, 1)[0];
  }
}
