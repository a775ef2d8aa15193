/** Values smaller than this tell more of the round trip than of the pace, bytes. */
const ENOUGH = 1_000_000;
const KEPT = 5;

/** How fast values have come lately, from the server's disk to here, filters included. */
export class Pace {
  /** Bytes of values per second. */
  private readonly measured: number[] = [];

  /** @param ms - What it took, with nothing but the reading in it. */
  add(bytes: number, ms: number): void {
    if (bytes >= ENOUGH && ms > 0) {
      this.measured.unshift((bytes * 1000) / ms);
      this.measured.splice(KEPT);
    }
  }

  /** About how long so many bytes would take, s; null while nothing has been measured. */
  secondsFor(bytes: number): number | null {
    const sorted = [...this.measured].sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)];
    return middle === undefined ? null : bytes / middle;
  }
}
