import type { Reader } from './reader.js';
import type { ValueParams as Params } from './watch-values.js';

/** A whole picture that is there within this time needs no reduced one before it, ms. */
const QUICK = 300;

/** What is known of a picture of which a reduced one was given. */
export type Progress =
  | { state: 'coming' }
  | { state: 'whole'; value: unknown }
  | { state: 'failed' }
  /** The next one is wanted: what was shown of this one is not the whole. */
  | { state: 'given-up' };

interface Coming {
  params: Params;
  giveUp: AbortController;
}

/**
 * Gives large pictures reduced at first, and whole when all of it is here. Only one at a
 * time: whoever goes on to the next does not want the rest of the last.
 */
export class LargePictures {
  onProgress: ((params: Params, progress: Progress) => void) | null = null;
  private coming: Coming | null = null;
  private isSlow = false;

  constructor(private readonly reader: Reader) {}

  /**
   * @param params - With a selection, of a dataset that is large.
   * @returns The whole or the reduced picture.
   */
  async get(params: Params, selection: string, signal?: AbortSignal) {
    const { path } = params.dataset;
    this.giveUpLast();
    const coming = { params, giveUp: new AbortController() };
    this.coming = coming;
    const rest = coming.giveUp.signal;
    signal?.addEventListener('abort', () => coming.giveUp.abort(signal.reason));
    const whole = this.whole(path, selection, rest);
    const first = await Promise.race([
      whole,
      this.reduced(coming, path, selection),
    ]);
    if (first instanceof Reduced) {
      this.onProgress?.(params, { state: 'coming' });
      void this.follow(coming, whole);
      return first.value;
    }
    this.forget(coming);
    return first;
  }

  private async whole(path: string, selection: string, signal: AbortSignal) {
    const begin = performance.now();
    const value = await this.reader.value(path, selection, { signal });
    this.isSlow = performance.now() - begin > QUICK;
    return value;
  }

  private async reduced(
    coming: Coming,
    path: string,
    selection: string,
  ): Promise<Reduced> {
    if (!this.isSlow) {
      await new Promise((resolve) => setTimeout(resolve, QUICK));
    }
    if (this.coming !== coming) {
      return new Promise(() => undefined); // The whole one is here, or nobody wants it.
    }
    const { signal } = coming.giveUp;
    try {
      const picture = this.reader.reducedPicture(path, selection, signal);
      return new Reduced(await picture);
    } catch {
      return new Promise(() => undefined); // The whole one has to do.
    }
  }

  private async follow(coming: Coming, whole: Promise<unknown>) {
    const progress = await whole.then(
      (value): Progress => ({ state: 'whole', value }),
      (): Progress => ({ state: 'failed' }),
    );
    if (this.forget(coming)) {
      this.onProgress?.(coming.params, progress);
    }
  }

  /** @returns Whether it was still wanted. */
  private forget(coming: Coming): boolean {
    const isWanted = this.coming === coming;
    if (isWanted) {
      this.coming = null;
    }
    return isWanted;
  }

  private giveUpLast(): void {
    const last = this.coming;
    if (last !== null && this.forget(last)) {
      last.giveUp.abort();
      this.onProgress?.(last.params, { state: 'given-up' });
    }
  }
}

/** Marks a picture that is not the whole one. */
class Reduced {
  constructor(readonly value: unknown) {}
}
