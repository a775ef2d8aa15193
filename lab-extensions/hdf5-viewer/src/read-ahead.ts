import type { IDisposable } from '@lumino/disposable';

import { neighbours } from './neighbours.js';
import { bytesOf } from './value-budget.js';
import type { ValueParams, ValuesStore } from './watch-values.js';

type Params = ValueParams;

/** Time between a frame that is shown and the first that is read ahead, ms. */
const CALM = 50;

/**
 * What is read ahead holds up the worker: a frame that took longer than this (ms), or is
 * larger than this (bytes), is only read when it is asked for.
 */
const WORTH_IT = { duration: 1000, bytes: 32 * 1024 * 1024 };

/** Reads the frames beside the one that is shown, while nothing else is read. */
export class ReadAhead implements IDisposable {
  private readonly shown = new Map<string, string>();
  private readonly tooDear = new Set<string>();
  private waiting: Params[] = [];
  private reading: Params | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopListening: () => void;
  private disposed = false;

  /**
   * @param store - H5Web's values, as they are for one provider.
   * @param fetchAhead - Runs a request of the store's so that others go before it.
   * @param unattended - Number of requests that nobody works on.
   */
  constructor(
    private readonly store: ValuesStore,
    private readonly fetchAhead: (request: () => void) => void,
    private readonly unattended: () => number = () => 0,
  ) {
    this.stopListening = store.progressStore.subscribe(() => {
      if (this.isIdle()) {
        this.becameIdle();
      }
    });
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Hears of each value that has come, and of the time that it took in ms. */
  loaded(params: Params, value: unknown, duration: number): void {
    if (duration > WORTH_IT.duration || bytesOf(value) > WORTH_IT.bytes) {
      this.leave(params);
    }
  }

  /** Reads nothing more of this dataset ahead: it would take too long. */
  leave({ dataset }: Params): void {
    this.tooDear.add(dataset.path);
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      clearTimeout(this.timer);
      this.stopListening();
    }
  }

  /** Hears what H5Web draws with; see `watchValues`. */
  drawn({ dataset, selection }: Params): void {
    const { path } = dataset;
    const before = this.shown.get(path);
    if (selection === undefined || selection === before) {
      return;
    }
    this.shown.set(path, selection);
    const dims = 'dims' in dataset.shape ? dataset.shape.dims : [];
    const wanted = neighbours(selection, dims, before ?? null);
    this.waiting = [
      ...this.waiting.filter((each) => each.dataset.path !== path),
      ...wanted.map((next) => ({ dataset, selection: next })),
    ];
    this.giveUp([selection, ...wanted]);
    this.startSoon();
  }

  /** Takes back what is read ahead, if it is of no more use. */
  private giveUp(useful: readonly string[]): void {
    const { reading } = this;
    if (reading !== null && !useful.includes(reading.selection ?? '')) {
      this.reading = null;
      this.store.abort(reading, 'moved on', true);
    }
  }

  private startSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.start(), CALM);
  }

  private becameIdle(): void {
    if (this.reading !== null) {
      this.reading = null;
      // Nobody has asked for it yet: when somebody does, it is tried again.
      this.store.evictErrors();
    }
    if (this.waiting.length > 0) {
      this.startSoon();
    }
  }

  private isIdle(): boolean {
    const { ongoing } = this.store.progressStore.getState();
    return ongoing.size <= this.unattended();
  }

  private start(): void {
    if (!this.isIdle()) {
      return; // It goes on when that is there.
    }
    const next = this.waiting.shift();
    if (next === undefined) {
      return;
    }
    if (this.tooDear.has(next.dataset.path) || this.store.has(next)) {
      this.start();
      return;
    }
    this.reading = next;
    this.fetchAhead(() => this.store.prefetch(next));
  }
}
