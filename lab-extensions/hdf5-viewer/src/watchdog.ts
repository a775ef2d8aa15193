import type { IDisposable } from '@lumino/disposable';

/**
 * Seconds that a worker may take without a sign of life: for reckoning, and while it waits
 * for the server, which has a deadline of its own.
 */
export const PATIENCE = { reckoning: 20, network: 90 };

/** Tells when a worker hangs. Counts its own ticks: a laptop that slept has not waited. */
export class Watchdog implements IDisposable {
  private timer: ReturnType<typeof setInterval> | undefined;
  private seconds = 0;
  private patience = PATIENCE.reckoning;

  /** @param bark - Called once, with the seconds. */
  constructor(private readonly bark: (seconds: number) => void) {}

  get isDisposed(): boolean {
    return this.timer === undefined;
  }

  /** The worker has something to do, or says that it lives. */
  hears(isAtNetwork = false): void {
    this.seconds = 0;
    this.patience = isAtNetwork ? PATIENCE.network : PATIENCE.reckoning;
    this.timer ??= setInterval(() => this.tick(), 1000);
  }

  /** There is nothing to wait for. */
  dispose(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tick(): void {
    this.seconds += 1;
    if (this.seconds >= this.patience) {
      this.dispose();
      this.bark(this.seconds);
    }
  }
}
