import {
  experimentKey,
  type Experiment,
  type ExperimentPage,
  type ExperimentQuery,
} from '@beamtime/contract';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import { FilterChoices } from './choices.js';
import { matching } from './match.js';
import type { Memory } from './memory.js';
import { Named } from './named.js';
import { Paged, type PagedState } from './paged.js';
import type { IExperimentCatalogue, IExperimentMarks } from './tokens.js';
import { EVERYTHING, narrowings, readWish, type Wish } from './wish.js';

/** Experiments asked for at once: first few, to be seen soon, then many. */
const FIRST = 100;
const NEXT = 200;

/** Experiments that are kept to search among; more than anybody scrolls through. */
const KEPT = 20_000;

/** Recent ones that are shown above the years. */
const RECENT_SHOWN = 3;

/** What the panel shows. Knows the catalogue, knows nothing of the DOM. */
export class ExperimentList implements IDisposable {
  /** Values of the filters. */
  readonly choices: FilterChoices;
  private readonly asked: Paged<Experiment>;
  private readonly named: Named;
  private readonly known = new Map<string, Experiment>();
  private wished: Wish = EVERYTHING;
  /** Whether the page answers the question that is asked now. */
  private answered = false;
  private shown: readonly Experiment[] | null = null;
  private readonly _changed = new Signal<this, void>(this);

  /** @param pause - milliseconds without a key after which a search is sent. */
  constructor(
    private readonly catalogue: Pick<
      IExperimentCatalogue,
      'list' | 'get' | 'filters'
    >,
    private readonly marks: IExperimentMarks,
    pause?: number,
  ) {
    this.named = new Named(catalogue);
    this.choices = new FilterChoices(catalogue);
    this.asked = new Paged<Experiment>(async ({ text, cursor }, signal) => {
      const page = await this.ask({ text, cursor }, signal);
      this.learn(page.items);
      this.answered = true;
      return page;
    }, pause);
    const changed = () => {
      this.shown = null;
      this._changed.emit();
    };
    for (const part of [this.asked, this.named, this.choices, marks]) {
      part.changed.connect(changed, this);
    }
  }

  /** Of the last question that was answered or failed. */
  get state(): PagedState<Experiment> {
    return this.asked.state;
  }

  /** What is searched for; empty for all. */
  get text(): string {
    return this.asked.text;
  }

  get wish(): Wish {
    return this.wished;
  }

  /** Whether everything is shown, in no other way than by date. */
  get isWhole(): boolean {
    return this.text.trim() === '' && narrowings(this.wished).length === 0;
  }

  /** Whether an answer is awaited. */
  get waiting(): boolean {
    return (
      this.asked.waiting || (this.wished.only !== null && this.named.waiting)
    );
  }

  /** How often in a row there was no answer. */
  get failures(): number {
    return this.asked.failures;
  }

  /** Whether there is more than {@link experiments}. */
  get hasMore(): boolean {
    const { page } = this.asked;
    return (
      this.answered && this.wished.only === null && page?.next !== undefined
    );
  }

  /** How many there are in all, where that is known. */
  get total(): number | undefined {
    const { page } = this.asked;
    if (this.wished.only !== null) {
      return this.experiments.length;
    }
    return this.answered && page
      ? (page.total ??
          (page.next === undefined ? page.items.length : undefined))
      : undefined;
  }

  /** What is to be seen now: the answer, or until it is there what is known to fit. */
  get experiments(): readonly Experiment[] {
    this.shown ??= this.toShow();
    return this.shown;
  }

  /** The last ones opened, as far as they are known. */
  get recent(): readonly Experiment[] {
    return this.marks.recent
      .slice(0, RECENT_SHOWN)
      .flatMap((key) => this.find(key) ?? []);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this.asked.isDisposed;
  }

  find(key: string): Experiment | undefined {
    return this.known.get(key) ?? this.named.get(key);
  }

  /** Searches: at once among what is known, and once the person pauses in the sources. */
  search(text: string): void {
    this.answered = false;
    this.asked.search(text);
  }

  /** Asks for the first time. */
  begin(wish: Wish): Promise<void> {
    this.wished = wish;
    return this.refresh();
  }

  /** Shows something else. */
  show(wish: Wish): void {
    const asked = JSON.stringify(this.wished.query);
    this.wished = wish;
    this.wantMarked();
    if (JSON.stringify(wish.query) === asked) {
      this.shown = null;
      this._changed.emit();
    } else {
      this.answered = false;
      void this.asked.refresh();
    }
  }

  /** Asks for everything anew. */
  async refresh(): Promise<void> {
    this.named.forget();
    await Promise.all([
      this.asked.refresh(),
      this.choices.refresh(),
      this.marks.refresh(),
    ]);
    this.wantMarked();
  }

  /** Asks for the part after the last one. */
  async more(): Promise<void> {
    if (this.hasMore) {
      await this.asked.more();
    }
  }

  /** Stops the calls under way and forgets the listeners. */
  dispose(): void {
    for (const part of [this.asked, this.named, this.choices]) {
      part.dispose();
    }
    Signal.clearData(this);
  }

  private ask(
    { text, cursor }: Pick<ExperimentQuery, 'text' | 'cursor'>,
    signal: AbortSignal,
  ): Promise<ExperimentPage> {
    return this.catalogue.list(
      {
        ...this.wished.query,
        ...(text === undefined ? {} : { text }),
        ...(cursor === undefined ? {} : { cursor }),
        limit: cursor === undefined ? FIRST : NEXT,
      },
      signal,
    );
  }

  private toShow(): readonly Experiment[] {
    const { query, only } = this.wished;
    const fitting = (experiments: Iterable<Experiment>) =>
      matching(
        experiments,
        { ...query, text: this.text },
        new Date().toISOString(),
      );
    if (only === null) {
      return this.answered
        ? (this.asked.page?.items ?? [])
        : fitting(this.known.values());
    }
    const keys = [...this.marks[only]];
    const fit = fitting(keys.flatMap((key) => this.find(key) ?? []));
    const place = new Map(keys.map((key, index) => [key, index]));
    const placeOf = ({ ref }: Experiment) => place.get(experimentKey(ref)) ?? 0;
    return only === 'recent'
      ? fit.sort((a, b) => placeOf(a) - placeOf(b))
      : fit;
  }

  private wantMarked(): void {
    const { favourites, recent } = this.marks;
    const wanted = {
      favourites: [...favourites],
      recent,
      none: recent.slice(0, RECENT_SHOWN),
    }[this.wished.only ?? 'none'];
    this.named.want(wanted.filter((key) => !this.known.has(key)));
  }

  private learn(experiments: readonly Experiment[]): void {
    for (const experiment of experiments) {
      this.known.set(experimentKey(experiment.ref), experiment);
    }
    for (const key of this.known.keys()) {
      if (this.known.size <= KEPT) {
        break;
      }
      this.known.delete(key);
    }
    this.choices.learn(experiments);
  }
}

/** Shows what was shown last, and from then on remembers what is. */
export async function beginAsLeft(
  list: ExperimentList,
  memory: Memory,
): Promise<void> {
  let kept = readWish(await memory.read());
  list.changed.connect(() => {
    if (list.wish !== kept) {
      kept = list.wish;
      memory.write({ ...kept, query: { ...kept.query } });
    }
  });
  await list.begin(kept);
}
