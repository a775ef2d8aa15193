const MINUTE_MS = 60_000;
/** Ten questions a minute come by themselves as long as somebody wants to know … */
const REGULAR_MS = 6_000;
/** … and two more may come early, because something has just happened: twelve at most. */
const EARLY_PER_MINUTE = 2;
const SHORTEST_MS = 500;

/** When Slurm may be asked again: at most twelve times in any minute. */
export class Budget {
  private lastAt = -Infinity;
  private early: number[] = [];

  /**
   * @param now - milliseconds.
   * @param wantedEarly - whether something has just happened.
   * @returns whether to ask now; it is then counted.
   */
  take(now: number, wantedEarly: boolean): boolean {
    const since = now - this.lastAt;
    if (since < REGULAR_MS) {
      this.early = this.early.filter((at) => now - at < MINUTE_MS);
      if (
        !wantedEarly ||
        since < SHORTEST_MS ||
        this.early.length >= EARLY_PER_MINUTE
      ) {
        return false;
      }
      this.early.push(now);
    }
    this.lastAt = now;
    return true;
  }
}
