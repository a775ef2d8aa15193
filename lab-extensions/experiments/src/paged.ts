import { ApiError } from '@beamtime/api-client';
import type { PartQuery, SourceProblem } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

/** Part of a list; several parts that were put together are one again. */
export interface PageOf<T> {
  items: readonly T[];
  next?: string | undefined;
  total?: number | undefined;
  asOf: string;
  problems: readonly SourceProblem[];
}

export type PagedState<T> =
  | { kind: 'loading' }
  | { kind: 'loaded'; page: PageOf<T> }
  /** `page` is what was known before, if anything was. */
  | { kind: 'failed'; error: ApiError; page: PageOf<T> | null };

/** A list that is asked for in parts and searched as one types. Knows nothing of the DOM. */
export class Paged<T> implements IDisposable {
  private current: PagedState<T> = { kind: 'loading' };
  private asking: AbortController | null = null;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private sought = '';
  private failed = 0;
  private disposed = false;
  private readonly _changed = new Signal<this, void>(this);

  /**
   * @param fetch - asks for the part after a cursor.
   * @param pause - milliseconds without a key after which a search is sent.
   */
  constructor(
    private readonly fetch: (
      query: PartQuery,
      signal: AbortSignal,
    ) => Promise<PageOf<T>>,
    private readonly pause = 150,
  ) {}

  get state(): PagedState<T> {
    return this.current;
  }

  /** What is known, whether or not the last question was answered. */
  get page(): PageOf<T> | null {
    return this.current.kind === 'loading' ? null : this.current.page;
  }

  /** What is searched for; empty for all. */
  get text(): string {
    return this.sought;
  }

  /** Whether an answer is awaited, or about to be asked for. */
  get waiting(): boolean {
    return this.asking !== null || this.typing !== undefined;
  }

  /** How often in a row there was no answer. */
  get failures(): number {
    return this.failed;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  /** Asks for something else once the person pauses; the list stays meanwhile. */
  search(text: string): void {
    this.sought = text;
    this.stop();
    this.typing = setTimeout(() => void this.refresh(), this.pause);
    this._changed.emit();
  }

  /** Asks for the first part, in place of what is asked already. */
  async refresh(): Promise<void> {
    await this.ask(undefined, (page) => page);
  }

  /** Asks for the part after the last one, unless an answer is awaited. */
  async more(): Promise<void> {
    const { current } = this;
    if (
      this.waiting ||
      current.kind !== 'loaded' ||
      current.page.next === undefined
    ) {
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
    this.stop();
    Signal.clearData(this);
  }

  private stop(): void {
    clearTimeout(this.typing);
    this.typing = undefined;
    this.asking?.abort();
    this.asking = null;
  }

  private async ask(
    cursor: string | undefined,
    joined: (page: PageOf<T>) => PageOf<T>,
  ): Promise<void> {
    this.stop();
    const asking = new AbortController();
    this.asking = asking;
    this._changed.emit();
    let state: PagedState<T>;
    try {
      const text = this.sought.trim().slice(0, 200);
      const page = await this.fetch(
        {
          ...(text === '' ? {} : { text }),
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
      state = { kind: 'failed', error, page: this.page };
    }
    if (!asking.signal.aborted) {
      this.asking = null;
      this.failed = state.kind === 'failed' ? this.failed + 1 : 0;
      this.current = state;
      this._changed.emit();
    }
  }
}
