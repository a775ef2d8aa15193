import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import type { ISignal } from '@lumino/signaling';

import type { Cost } from './beside/cost.js';
import { selectedShape } from './export/export.js';
import { FileFailure } from './worker/failure.js';
import type { ValueParams } from './watch-values.js';

/** What a person may choose in place of a value that is large. */
export type Choice = 'whole' | 'reduced';

/** Why less of a value could not be given. */
export type NotReduced = 'not-installed' | 'unreachable' | 'not-read';

/** A value that is only read when a person wants it. */
export interface Offer {
  readonly params: ValueParams;
  readonly cost: Cost;
  /** Lengths of the axes that are read. */
  readonly shape: readonly number[];
  /** It was offered before, and what was chosen then failed. */
  readonly failed: NotReduced | null;
  choose(choice: Choice): void;
}

const isSame = (a: ValueParams, b: ValueParams): boolean =>
  a.dataset.path === b.dataset.path && a.selection === b.selection;

/** Asks before a value is read that is larger than the site likes. */
export class LargeValues {
  private readonly offers = new Set<Offer>();
  private current: Offer | null = null;
  private readonly changedSignal = new Signal<this, void>(this);

  /** @param limit - Bytes up to which nobody is asked. */
  constructor(private readonly limit: () => number) {}

  /** The one in whose place H5Web waits now. */
  get shown(): Offer | null {
    return this.current;
  }

  /** Values that wait for a person; nobody works on them. */
  get waiting(): number {
    return this.offers.size;
  }

  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /**
   * Waits until a person has chosen, if the value is large.
   *
   * @param failed - Why they are asked again.
   */
  async ask(
    params: ValueParams,
    cost: Cost,
    signal?: AbortSignal,
    failed: NotReduced | null = null,
  ): Promise<Choice> {
    if (cost.wanted <= this.limit()) {
      return 'whole';
    }
    const waiting = new PromiseDelegate<Choice>();
    const offer: Offer = {
      params,
      cost,
      shape: selectedShape(params.dataset, params.selection),
      failed,
      choose: (choice) => waiting.resolve(choice),
    };
    signal?.addEventListener('abort', () =>
      waiting.reject(new FileFailure({ kind: 'cancelled' })),
    );
    this.offers.add(offer);
    this.show(offer);
    try {
      return await waiting.promise;
    } finally {
      this.offers.delete(offer);
      if (this.current === offer) {
        this.show(null);
      }
    }
  }

  /** Hears what H5Web draws with; see `watchValues`. */
  drawn(params: ValueParams, isWaiting: boolean): void {
    if (isWaiting) {
      const offer = [...this.offers].find((each) =>
        isSame(each.params, params),
      );
      if ((offer ?? null) !== this.current) {
        queueMicrotask(() => this.show(offer ?? null));
      }
    }
  }

  private show(offer: Offer | null): void {
    if (offer !== this.current) {
      this.current = offer;
      this.changedSignal.emit();
    }
  }
}
