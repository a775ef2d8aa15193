import { ApiError } from '@beamtime/api-client';
import { Bookmarks } from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import type { Memory } from './memory.js';
import type { IExperimentCatalogue, IExperimentMarks } from './tokens.js';

/** Experiments that are remembered as opened last. */
const RECENT = 20;

/**
 * Favourites and what was opened last. The service keeps them; while it does not, Lab's
 * state database does, and what was marked meanwhile is told to the service later.
 */
export class ExperimentMarks implements IExperimentMarks, IDisposable {
  private known: Bookmarks = { favourites: [], recent: [] };
  /** Marked or not any more, while nobody took note. */
  private untold = new Map<string, boolean>();
  private turn: Promise<void> = Promise.resolve();
  private readonly abort = new AbortController();
  private readonly _changed = new Signal<this, void>(this);

  constructor(
    private readonly catalogue: Pick<
      IExperimentCatalogue,
      'bookmarks' | 'mark' | 'opened'
    >,
    private readonly memory: Memory,
  ) {
    void this.inTurn(() => this.remember());
  }

  get favourites(): ReadonlySet<string> {
    return new Set(this.known.favourites);
  }

  get recent(): readonly string[] {
    return this.known.recent;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.abort.signal.aborted;
  }

  refresh(): Promise<void> {
    return this.inTurn(async () => {
      const told = await this.tell();
      if (told) {
        await this.take(() => this.catalogue.bookmarks(this.abort.signal));
      }
    });
  }

  mark(key: string, favourite: boolean): Promise<void> {
    this.untold.set(key, favourite);
    const others = this.known.favourites.filter((other) => other !== key);
    this.keep({
      ...this.known,
      favourites: favourite ? [key, ...others] : others,
    });
    return this.inTurn(async () => {
      await this.tell();
    });
  }

  opened(key: string): Promise<void> {
    const others = this.known.recent.filter((other) => other !== key);
    this.keep({ ...this.known, recent: [key, ...others].slice(0, RECENT) });
    return this.inTurn(async () => {
      await this.take(() => this.catalogue.opened(key, this.abort.signal));
    });
  }

  dispose(): void {
    this.abort.abort();
    Signal.clearData(this);
  }

  /** Tells the service what it does not know yet; whether it listens. */
  private async tell(): Promise<boolean> {
    for (const [key, favourite] of this.untold) {
      const { signal } = this.abort;
      const told = await this.take(
        () => this.catalogue.mark(key, favourite, signal),
        () => {
          // Unless it was changed again meanwhile.
          if (this.untold.get(key) === favourite) {
            this.untold.delete(key);
          }
        },
      );
      if (!told) {
        return false;
      }
    }
    return true;
  }

  /** What the service says counts, but for what it was not told yet. */
  private async take(
    ask: () => Promise<Bookmarks>,
    then: () => void = () => undefined,
  ): Promise<boolean> {
    let answer: Bookmarks;
    try {
      answer = await ask();
    } catch (error) {
      if (this.isDisposed || error instanceof ApiError) {
        return false; // It is kept here.
      }
      throw error; // A fault of ours: let it be seen.
    }
    then();
    const added = [...this.untold].filter(([, is]) => is).map(([key]) => key);
    this.keep({
      ...answer,
      favourites: [
        ...added,
        ...answer.favourites.filter((key) => !this.untold.has(key)),
      ],
    });
    return true;
  }

  private async remember(): Promise<void> {
    const value = await this.memory.read();
    const kept = Bookmarks.safeParse(value);
    for (const [key, favourite] of untoldOf(value)) {
      if (!this.untold.has(key)) {
        this.untold.set(key, favourite);
      }
    }
    // Only the first answer of all comes after this; what was marked meanwhile stays.
    if (kept.success && this.known.favourites.length === 0) {
      const recent = new Set([...this.known.recent, ...kept.data.recent]);
      this.known = { ...kept.data, recent: [...recent].slice(0, RECENT) };
      this._changed.emit();
    }
  }

  private keep(bookmarks: Bookmarks): void {
    this.known = bookmarks;
    const untold = Object.fromEntries(this.untold);
    this.memory.write({ ...bookmarks, untold });
    this._changed.emit();
  }

  /** One after the other: a late answer must not undo what was marked after it. */
  private inTurn(act: () => Promise<void>): Promise<void> {
    const done = this.turn.then(act);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

function untoldOf(value: unknown): [string, boolean][] {
  const untold: unknown =
    typeof value === 'object' && value !== null && 'untold' in value
      ? value.untold
      : null;
  return Object.entries(untold ?? {}).flatMap(([key, favourite]) =>
    typeof favourite === 'boolean' ? [[key, favourite]] : [],
  );
}
