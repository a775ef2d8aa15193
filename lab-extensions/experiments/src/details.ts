import { ApiError } from '@beamtime/api-client';
import type { DataFile, Dataset, Experiment } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { Paged } from './paged.js';
import type { IExperimentCatalogue } from './tokens.js';

/** Something that is asked for. */
export type Loading<T> =
  | { kind: 'loading' }
  | { kind: 'loaded'; value: T }
  | { kind: 'failed'; error: ApiError };

/** Datasets and files asked for at once. */
const DATASETS = 50;
const FILES = 50;

/** One experiment with its datasets, each of which may fail alone. */
export class ExperimentDetails implements IDisposable {
  /** Searched and asked for in parts. */
  readonly datasets: Paged<Dataset>;
  private _experiment: Loading<Experiment> = { kind: 'loading' };
  private failed = 0;
  private readonly files = new Map<string, Paged<DataFile>>();
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  /** @param key - `source:id`. */
  constructor(
    readonly key: string,
    private readonly catalogue: Pick<
      IExperimentCatalogue,
      'get' | 'datasets' | 'files' | 'thumbnail'
    >,
  ) {
    this.datasets = new Paged((query, signal) =>
      catalogue.datasets(key, { ...query, limit: DATASETS }, signal),
    );
    this.datasets.changed.connect(() => this.tell(), this);
  }

  /** A dataset's files: asked for when they are wanted for the first time. */
  filesOf(dataset: string): Paged<DataFile> {
    let files = this.files.get(dataset);
    if (!files) {
      files = new Paged((query, signal) =>
        this.catalogue.files(
          this.key,
          dataset,
          { ...query, limit: FILES },
          signal,
        ),
      );
      this.files.set(dataset, files);
      files.changed.connect(() => this.tell(), this);
    }
    return files;
  }

  /** A dataset's small picture; `null` if there is none to show. */
  thumbnail(dataset: string): Promise<Blob | null> {
    return this.catalogue.thumbnail(this.key, dataset, this.abort.signal);
  }

  get experiment(): Loading<Experiment> {
    return this._experiment;
  }

  /** How often in a row the experiment could not be had. */
  get failures(): number {
    return this.failed;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  /** Asks for both at once. What is shown stays until there is an answer. */
  async refresh(): Promise<void> {
    await Promise.all([this.load(), this.datasets.refresh()]);
  }

  /** Stops the calls under way and forgets the listeners. */
  dispose(): void {
    this.abort.abort();
    this.datasets.dispose();
    for (const files of this.files.values()) {
      files.dispose();
    }
    Signal.clearData(this);
  }

  private async load(): Promise<void> {
    const { signal } = this.abort;
    try {
      const value = await this.catalogue.get(this.key, signal);
      this._experiment = { kind: 'loaded', value };
      this.failed = 0;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
      this.failed += 1;
      this._experiment = { kind: 'failed', error };
    }
    this.tell();
  }

  private tell(): void {
    this._changed.emit();
  }
}
