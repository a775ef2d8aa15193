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

type First = { whole: unknown } | { reduced: unknown; rest: Promise<unknown> };

/**
 * Gives large pictures reduced at first, and whole when all of it is here. Only one at a
 * time: whoever goes on to the next does not want the rest of the last.
 */
export class LargePictures {
  onProgress: ((params: Params, progress: Progress) => void) | null = null;
  private coming: Coming | null = null;
  /** Whether the last one came quickly. */
  private isQuick = false;

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
    const read = () => this.whole(path, selection, rest);
    const first = this.isQuick
      ? await this.race(coming, selection, read())
      : await this.inTurn(coming, selection, read);
    if ('whole' in first) {
      this.forget(coming);
      return first.whole;
    }
    this.onProgress?.(params, { state: 'coming' });
    void this.follow(coming, first.rest);
    return first.reduced;
  }

  /** On a quick way the whole one is asked for, the reduced one if that takes long after all. */
  private async race(
    coming: Coming,
    selection: string,
    rest: Promise<unknown>,
  ): Promise<First> {
    const late = new Promise((resolve) => setTimeout(resolve, QUICK));
    const whole = rest.then((value) => ({ whole: value }));
    const isHere = await Promise.race([whole.then(() => true), late]);
    const reduced =
      isHere === true ? null : await this.reduced(coming, selection);
    return reduced === null ? whole : { reduced: reduced.value, rest };
  }

  /** On a slow way the two would hold each other up: the reduced one goes first. */
  private async inTurn(
    coming: Coming,
    selection: string,
    read: () => Promise<unknown>,
  ): Promise<First> {
    const reduced = await this.reduced(coming, selection);
    return reduced === null
      ? { whole: await read() }
      : { reduced: reduced.value, rest: read() };
  }

  private async whole(path: string, selection: string, signal: AbortSignal) {
    const begin = performance.now();
    const value = await this.reader.value(path, selection, { signal });
    this.isQuick = performance.now() - begin < QUICK;
    return value;
  }

  /** Null where it cannot be had. */
  private async reduced(
    { params, giveUp }: Coming,
    selection: string,
  ): Promise<{ value: unknown } | null> {
    const { path } = params.dataset;
    try {
      const { signal } = giveUp;
      const picture = this.reader.reducedPicture(path, selection, signal);
      return { value: await picture };
    } catch {
      return null;
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
