/** How often the gateway is asked for an answer, ms. */
export const BEAT = 4_000;
/** How long nothing at all may come after that, ms. */
export const PATIENCE = 10_000;

export interface PulseOptions {
  /** Asks the gateway to answer with the same number. */
  ping: (n: number) => void;
  /** Told how long the way there and back took, ms. */
  answered: (roundTrip: number) => void;
  /** Told that nothing comes any more. */
  dead: () => void;
}

/**
 * Feels whether a connection lives.
 *
 * After a laptop's sleep, or behind a proxy that forgot it, a websocket may look open
 * for many minutes though nothing comes through.
 */
export class Pulse {
  constructor(private readonly options: PulseOptions) {}

  start(): void {
    this.stop();
    this.askedAt = null;
    this.timer = setInterval(this.beat, BEAT);
    this.ask();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.pings.clear();
  }

  /** Something has come. */
  heard(): void {
    this.askedAt = null;
  }

  /** The answer to the ping of that number has come. */
  answered(n: number): void {
    this.heard();
    const began = this.pings.get(n);
    this.pings.delete(n);
    if (began !== undefined) {
      this.options.answered(performance.now() - began);
    }
  }

  /** Something has happened that connections may not survive: ask at once. */
  suspect(): void {
    if (this.timer !== undefined) {
      this.ask();
    }
  }

  private readonly beat = (): void => {
    if (this.askedAt !== null && Date.now() - this.askedAt > PATIENCE) {
      this.stop();
      this.options.dead();
      return;
    }
    this.ask();
  };

  private ask(): void {
    // By Date: after a sleep it has gone on.
    this.askedAt ??= Date.now();
    this.last += 1;
    this.pings.set(this.last, performance.now());
    this.options.ping(this.last);
  }

  private readonly pings = new Map<number, number>();
  private last = 0;
  /** Since when an answer is waited for; null if something has come since. */
  private askedAt: number | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
}
