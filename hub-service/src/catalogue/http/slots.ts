/** Lets so many in at the same time; the others wait for their turn, first come first served. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /**
   * @returns what gives the place back.
   * @throws the signal's reason, if it aborts before the turn has come.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.free > 0) {
      this.free -= 1;
    } else {
      await this.turn(signal);
    }
    return () => this.give();
  }

  private turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(start), 1);
        reject(new Error('The turn came too late.'));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(start);
    });
  }

  /** The place goes straight to the next in line, so that nobody slips in between. */
  private give(): void {
    const next = this.waiting.shift();
    if (next) {
      next();
    } else {
      this.free += 1;
    }
  }
}
