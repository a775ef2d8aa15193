/**
 * How long a page waits for its slowest source: so long as nobody has answered, and thereafter
 * no longer than a moment. A source that comes later is named as missing.
 */
export class Patience implements Disposable {
  /** Fulfilled when it is over. */
  readonly over: Promise<void>;
  private end: () => void = () => undefined;
  private readonly timer: NodeJS.Timeout;
  private timeUp = false;
  private someAnswered = false;

  constructor(milliseconds: number) {
    this.over = new Promise((resolve) => {
      this.end = resolve;
    });
    this.timer = setTimeout(() => {
      this.timeUp = true;
      this.check();
    }, milliseconds);
  }

  get isOver(): boolean {
    return this.timeUp && this.someAnswered;
  }

  /** A source has given rows, or said that it has none. */
  answered(): void {
    this.someAnswered = true;
    this.check();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }

  private check(): void {
    if (this.isOver) {
      this.end();
    }
  }
}
