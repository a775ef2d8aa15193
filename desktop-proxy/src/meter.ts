/** What is known of a connection, as a person is told. */
export interface ConnectionFigures {
  /** Milliseconds there and back, the median of the last few; null while not known. */
  roundTrip: number | null;
  /** Pictures that were painted in the last second. */
  pictures: number;
  /** Bytes that were received in the last second. */
  rate: number;
}

/** How many round trips the median is of. */
const KEPT = 5;
const SECOND = 1_000;

/** Counts what a connection does. Knows no clock: every call says when (ms). */
export class ConnectionMeter {
  /** Bytes have come. */
  received(bytes: number, now: number): void {
    this.arrivals.push({ at: now, bytes });
    this.forgetBefore(now - SECOND);
  }

  /** A picture with something new on it was painted. */
  painted(now: number): void {
    this.paints.push(now);
    this.forgetBefore(now - SECOND);
  }

  /** A question was answered after that many ms. */
  answered(roundTrip: number): void {
    this.roundTrips.push(roundTrip);
    if (this.roundTrips.length > KEPT) {
      this.roundTrips.shift();
    }
  }

  /** Forgets everything: this is another connection. */
  reset(): void {
    this.arrivals = [];
    this.paints = [];
    this.roundTrips = [];
  }

  figures(now: number): ConnectionFigures {
    this.forgetBefore(now - SECOND);
    return {
      roundTrip: median(this.roundTrips),
      pictures: this.paints.length,
      rate: this.arrivals.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  private forgetBefore(instant: number): void {
    while (this.arrivals[0] && this.arrivals[0].at <= instant) {
      this.arrivals.shift();
    }
    while (this.paints[0] !== undefined && this.paints[0] <= instant) {
      this.paints.shift();
    }
  }

  private arrivals: { at: number; bytes: number }[] = [];
  private paints: number[] = [];
  private roundTrips: number[] = [];
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
