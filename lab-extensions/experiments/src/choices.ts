import { ApiError } from '@beamtime/api-client';
import type { Experiment, Filters } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IExperimentCatalogue } from './tokens.js';

/**
 * What the list can be narrowed to: what the sources say, and whatever was seen already,
 * since not every source can say.
 */
export class FilterChoices implements IDisposable {
  private said: Filters | null = null;
  private readonly seen = {
    instruments: new Map<string, string | undefined>(),
    cycles: new Set<string>(),
    years: new Set<number>(),
  };
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  constructor(
    private readonly catalogue: Pick<IExperimentCatalogue, 'filters'>,
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  /** By name, with the full name where there is one. */
  get instruments(): readonly (readonly [string, string | undefined])[] {
    const all = new Map(this.seen.instruments);
    for (const { name, fullName } of this.said?.instruments ?? []) {
      all.set(name, fullName ?? all.get(name));
    }
    return [...all].sort(([a], [b]) => a.localeCompare(b));
  }

  /** Newest first. */
  get cycles(): readonly string[] {
    const all = new Set([...(this.said?.cycles ?? []), ...this.seen.cycles]);
    return [...all].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  }

  /** Newest first. */
  get years(): readonly number[] {
    const all = new Set([...(this.said?.years ?? []), ...this.seen.years]);
    return [...all].sort((a, b) => b - a);
  }

  /** Never fails: what was seen in the list can be chosen as well. */
  async refresh(): Promise<void> {
    const { signal } = this.abort;
    try {
      this.said = await this.catalogue.filters(signal);
      this._changed.emit();
    } catch (error) {
      if (!signal.aborted && !(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
    }
  }

  /** Takes note of what experiments there are; whoever tells of them tells their listeners. */
  learn(experiments: readonly Experiment[]): void {
    const { instruments, cycles, years } = this.seen;
    for (const { instrument, cycle, start } of experiments) {
      instruments.set(instrument.name, instrument.fullName);
      if (cycle !== undefined) {
        cycles.add(cycle);
      }
      const year = Number(start?.slice(0, 4) ?? NaN);
      if (!Number.isNaN(year)) {
        years.add(year);
      }
    }
  }

  dispose(): void {
    this.abort.abort();
    Signal.clearData(this);
  }
}
