import { ApiError } from '@beamtime/api-client';
import type { ExperimentPage } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { IExperimentCatalogue } from './tokens.js';

export type ListState =
  | { kind: 'loading' }
  | { kind: 'loaded'; page: ExperimentPage }
  /** `page` is what was known before, if anything was. */
  | { kind: 'failed'; error: ApiError; page: ExperimentPage | null };

/** Experiments asked for at once. */
const PART = 100;

/** What the panel shows. Knows the catalogue, knows nothing of the DOM. */
export class ExperimentList implements IDisposable {
  private current: ListState = { kind: 'loading' };
  private asking: AbortController | null = null;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private sought = '';
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);

  /** @param pause - milliseconds without a key after which a search is sent. */
  constructor(
    private readonly catalogue: Pick<IExperimentCatalogue, 'list'>,
    private readonly pause = 250,
  ) {}

  get state(): ListState {
    return this.current;
  }

  /** What is searched for; empty for all. */
  get text(): string {
    return this.sought;
  }

  /** Whether an answer is awaited. */
  get waiting(): boolean {
    return this.asking !== null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Searches once the person pauses typing; the list stays meanwhile. */
  search(text: string): void {
    this.sought = text;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => void this.refresh(), this.pause);
    this._changed.emit();
  }

  /** Asks for the first part, in place of what is asked already. */
  async refresh(): Promise<void> {
    clearTimeout(this.typing);
    await this.ask(undefined, (page) => page);
  }

  /** Asks for the part after the last one. */
  async more(): Promise<void> {
    const { current } = this;
    if (current.kind !== 'loaded' || current.page.next === undefined) {
      return;
    }
    const before = current.page.items;
    await this.ask(current.page.next, (page) => ({
      ...page,
      items: [...before, ...page.items],
    }));
  }

  /** Stops the call under way and forgets the listeners. */
  dispose(): void {
    this.disposed = true;
    clearTimeout(this.typing);
    this.asking?.abort();
    Signal.clearData(this);
  }

  private async ask(
    cursor: string | undefined,
    joined: (page: ExperimentPage) => ExperimentPage,
  ): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this._changed.emit();
    let state: ListState;
    try {
      const page = await this.catalogue.list(
        {
          text: this.sought.trim().slice(0, 200),
          limit: PART,
          ...(cursor === undefined ? {} : { cursor }),
        },
        asking.signal,
      );
      state = { kind: 'loaded', page: joined(page) };
    } catch (error) {
      if (asking.signal.aborted) {
        return; // Another question, or nobody, waits for the answer.
      }
      if (!(error instanceof ApiError)) {
        throw error; // A fault of ours: let it be seen.
      }
      const { current } = this;
      state = {
        kind: 'failed',
        error,
        page: current.kind === 'loading' ? null : current.page,
      };
    }
    if (!asking.signal.aborted) {
      this.asking = null;
      this.current = state;
      this._changed.emit();
    }
  }
}
