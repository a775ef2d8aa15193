import { ApiError } from '@beamtime/api-client';
import type { Experiment } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IExperimentCatalogue } from './tokens.js';

/** Questions under way at once. */
const AT_ONCE = 4;

/** Experiments that are known by their key alone: asks for those that no list has told of. */
export class Named implements IDisposable {
  private readonly found = new Map<string, Experiment>();
  private readonly missed = new Set<string>();
  private readonly queue = new Set<string>();
  private readonly asking = new Set<string>();
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  constructor(private readonly catalogue: Pick<IExperimentCatalogue, 'get'>) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Whether something that was asked for is not here yet. */
  get waiting(): boolean {
    return this.queue.size + this.asking.size > 0;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  get(key: string): Experiment | undefined {
    return this.found.get(key);
  }

  /** Asks for those that are not known, each once until {@link forget}. */
  want(keys: Iterable<string>): void {
    for (const key of keys) {
      if (
        !this.found.has(key) &&
        !this.missed.has(key) &&
        !this.asking.has(key)
      ) {
        this.queue.add(key);
      }
    }
    this.next();
  }

  /** What could not be had, or may have changed, is asked for again when it is wanted. */
  forget(): void {
    this.missed.clear();
    this.found.clear();
  }

  dispose(): void {
    this.abort.abort();
    this.queue.clear();
    Signal.clearData(this);
  }

  private next(): void {
    for (const key of this.queue) {
      if (this.asking.size >= AT_ONCE) {
        return;
      }
      this.queue.delete(key);
      this.asking.add(key);
      void this.ask(key);
    }
  }

  private async ask(key: string): Promise<void> {
    const { signal } = this.abort;
    try {
      this.found.set(key, await this.catalogue.get(key, signal));
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.missed.add(key);
    } finally {
      this.asking.delete(key);
    }
    this.next();
    this._changed.emit();
  }
}
