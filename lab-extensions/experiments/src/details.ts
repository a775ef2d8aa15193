import { ApiError } from '@beamtime/api-client';
import type { DatasetPage, Experiment, FilePage } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IExperimentCatalogue } from './tokens.js';

/** Something that is asked for. */
export type Loading<T> =
  | { kind: 'loading' }
  | { kind: 'loaded'; value: T }
  | { kind: 'failed'; error: ApiError };

/** One experiment with its datasets, each of which may fail alone. */
export class ExperimentDetails implements IDisposable {
  private _experiment: Loading<Experiment> = { kind: 'loading' };
  private _datasets: Loading<DatasetPage> = { kind: 'loading' };
  private readonly files = new Map<string, Loading<FilePage>>();
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  /** @param key - `source:id`. */
  constructor(
    readonly key: string,
    private readonly catalogue: Pick<
      IExperimentCatalogue,
      'get' | 'datasets' | 'files'
    >,
  ) {}

  /** A dataset's files, once it was unfolded. */
  filesOf(dataset: string): Loading<FilePage> | null {
    return this.files.get(dataset) ?? null;
  }

  /** Asks for a dataset's files. */
  async unfold(dataset: string): Promise<void> {
    const { signal } = this.abort;
    await this.load(
      this.catalogue.files(this.key, dataset, {}, signal),
      (state) => this.files.set(dataset, state),
    );
  }

  get experiment(): Loading<Experiment> {
    return this._experiment;
  }

  get datasets(): Loading<DatasetPage> {
    return this._datasets;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  /** Asks for both at once. */
  async refresh(): Promise<void> {
    const { signal } = this.abort;
    await Promise.all([
      this.load(this.catalogue.get(this.key, signal), (state) => {
        this._experiment = state;
      }),
      this.load(this.catalogue.datasets(this.key, {}, signal), (state) => {
        this._datasets = state;
      }),
    ]);
  }

  /** Stops the calls under way and forgets the listeners. */
  dispose(): void {
    this.abort.abort();
    Signal.clearData(this);
  }

  private async load<T>(
    asked: Promise<T>,
    keep: (state: Loading<T>) => void,
  ): Promise<void> {
    keep({ kind: 'loading' });
    this._changed.emit();
    try {
      keep({ kind: 'loaded', value: await asked });
    } catch (error) {
      if (this.isDisposed) {
        return;
      }
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
      keep({ kind: 'failed', error });
    }
    this._changed.emit();
  }
}
