import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { DesktopError, type IDesktops } from './client.js';
import type { DesktopInfo } from './wire.js';

/** How often to ask while somebody wants to know, ms. */
export const POLL = 10_000;

/** The desktops of this session as the gateway last told, kept fresh while watched. */
export class Directory {
  constructor(private readonly desktops: Pick<IDesktops, 'list'>) {}

  get all(): readonly DesktopInfo[] {
    return this._all;
  }

  /** Emitted when {@link all} was asked for anew. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  find(name: string): DesktopInfo | undefined {
    return this._all.find((each) => each.name === name);
  }

  /** Asks now. What is known stays if there is no answer. */
  async refresh(): Promise<void> {
    try {
      this._all = await this.desktops.list();
      this._changed.emit();
    } catch (error) {
      if (!(error instanceof DesktopError)) {
        throw error; // A fault of ours: let it be seen.
      }
    }
  }

  /** Keeps it fresh until the watch is disposed. */
  watch(): IDisposable {
    this.watchers += 1;
    this.timer ??= setInterval(() => {
      // Nobody sees it, and many pages lie open over night.
      if (!document.hidden) {
        void this.refresh();
      }
    }, POLL);
    return new DisposableDelegate(() => {
      this.watchers -= 1;
      if (this.watchers === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    });
  }

  private _all: readonly DesktopInfo[] = [];
  private readonly _changed = new Signal<this, void>(this);
  private watchers = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
}
