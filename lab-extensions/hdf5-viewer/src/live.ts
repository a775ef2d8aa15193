import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

/** Between two looks at a file, ms. */
const INTERVAL = 1000;

export interface LiveOptions {
  /** Gives another text when the file is another; fails where the server is away. */
  stamp: () => Promise<string>;
  /** The file has changed: reads it anew. */
  read: () => Promise<void>;
  /** Whether somebody can see it. */
  isSeen: () => boolean;
}

/** Follows a file that is being written. */
export class Live implements IDisposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private last: string | null = null;
  private on = false;
  private readonly changedSignal = new Signal<this, boolean>(this);
  private disposed = false;

  constructor(private readonly options: LiveOptions) {}

  get isOn(): boolean {
    return this.on;
  }

  /** Hears whether it is on. */
  get changed(): ISignal<this, boolean> {
    return this.changedSignal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  toggle(): void {
    this.on = !this.on;
    this.last = null;
    clearTimeout(this.timer);
    if (this.on) {
      void this.look();
    }
    this.changedSignal.emit(this.on);
  }

  dispose(): void {
    this.disposed = true;
    this.on = false;
    clearTimeout(this.timer);
    Signal.clearData(this);
  }

  private async look(): Promise<void> {
    if (this.options.isSeen()) {
      try {
        const stamp = await this.options.stamp();
        // At the first look too: it may have grown since it was opened.
        if (this.on && stamp !== this.last) {
          this.last = stamp;
          await this.options.read();
        }
      } catch {
        // The server is away: it is followed again when it is back.
      }
    }
    if (this.on) {
      this.timer = setTimeout(() => void this.look(), INTERVAL);
    }
  }
}
