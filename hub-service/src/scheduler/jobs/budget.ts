const MINUTE_MS = 60_000;
const MOST_PER_MINUTE = 12;
/** As long as somebody wants to know, a question comes at least this often. */
const REGULAR_MS = 6_000;
const SHORTEST_MS = 500;

/**
 * When Slurm may be asked again: at most twelve times in any minute. Regular questions need
 * ten of them; the rest may come early, because something has just happened.
 */
export class Budget {
  /** Of the last questions, oldest first. */
  private times: number[] = [];

  /**
   * @param now - milliseconds.
   * @param wantedEarly - whether something has just happened.
   * @returns whether to ask now; it is then counted.
   */
  take(now: number, wantedEarly: boolean): boolean {
    const since = now - (this.times.at(-1) ?? -Infinity);
    const mayAsk =
      since >= REGULAR_MS ||
      (wantedEarly && since >= SHORTEST_MS && this.leavesEnough(now));
    if (mayAsk) {
      this.times = [...this.times, now].slice(-MOST_PER_MINUTE);
    }
    return mayAsk;
  }

  /** Whether this question and all regular ones after it keep to the limit. */
  private leavesEnough(now: number): boolean {
    const missing = MOST_PER_MINUTE - this.times.length;
    return this.times.every(
      (at, index) => now + (missing + index) * REGULAR_MS - at >= MINUTE_MS,
    );
  }
}
