import {
  type DatasetPage,
  type Experiment,
  experimentKey,
  type ExperimentPage,
  type ExperimentQuery,
  type FilePage,
  type Filters,
  type PartQuery,
  parseExperimentKey,
} from '@beamtime/contract';
import { Refusal } from '../refusal.js';
import type { Asking, CatalogueAdapter, Thumbnail, Viewer } from './adapter.js';
import { listFilters } from './joined-filters.js';
import { type Entry, listExperiments } from './listing.js';
import { Memory } from './memory.js';
import { nobody, type Observer } from './observer.js';
import { given, refusing, toPart } from './part.js';
import { Source, type TokenFor } from './source.js';

/** With an answer of another source at hand, a page waits no longer for one that is slow. */
const PAGE_MS = 1_200;

export interface CatalogueOptions {
  staffOf?: (viewer: Viewer) => Asking['staffOf'];
  /** By source: the proof of who the viewer is. Absent for a source that wants none. */
  tokens?: Readonly<Record<string, TokenFor>>;
  /** What is wrong with the configuration of sources, in sentences for the admin. */
  problems?: readonly string[];
  observer?: Observer;
  /** Milliseconds. */
  now?: () => number;
  pageMs?: number;
}

/** All experiments, wherever they come from: each source fails, and is kept, alone. */
export class Catalogue {
  private readonly entries: readonly Entry[];
  private readonly listeners = new Set<() => void>();
  private readonly now: () => number;
  private readonly pageMs: number;

  constructor(
    adapters: readonly CatalogueAdapter[],
    private readonly options: CatalogueOptions = {},
  ) {
    const now = options.now ?? (() => Date.now());
    this.now = now;
    this.pageMs = options.pageMs ?? PAGE_MS;
    this.entries = adapters.map((adapter) => {
      const token = options.tokens?.[adapter.source];
      const memory = new Memory(now);
      adapter.onChange?.(() => {
        memory.forget();
        this.listeners.forEach((listener) => listener());
      });
      const source = new Source(adapter, {
        staffOf: options.staffOf ?? (() => []),
        ...(token && { token }),
        observer: options.observer ?? nobody,
        now,
      });
      return { source, memory };
    });
  }

  /** For the admin, in sentences. */
  get problems(): readonly string[] {
    return [
      ...(this.options.problems ?? []),
      ...this.entries.flatMap(({ source }) => source.adapter.problems),
    ];
  }

  /** Has this called whenever a source says that it has changed. */
  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /**
   * Part of the list of all sources, in the order asked for. A source that fails is named in
   * `problems`; the page comes all the same.
   *
   * @throws {Refusal} `bad-request` if the query is at fault.
   */
  async experiments(
    viewer: Viewer,
    query: ExperimentQuery,
  ): Promise<ExperimentPage> {
    const { askedAt, ...page } = await listExperiments(
      this.entries,
      viewer,
      query,
      this.pageMs,
    );
    return { ...page, asOf: new Date(askedAt ?? this.now()).toISOString() };
  }

  /**
   * One experiment, always as its source has it now: what is kept never authorises.
   *
   * @param key - `source:id`.
   * @throws {Refusal} `not-found` if there is none that this viewer may see; `unavailable` if
   *   the source cannot be asked.
   */
  async experiment(viewer: Viewer, key: string): Promise<Experiment> {
    return (await this.find(viewer, key)) ?? notFound(key);
  }

  /**
   * As {@link experiment}, but `null` when not found.
   *
   * @param deadlineMs - after which the source counts as away.
   */
  async find(
    viewer: Viewer,
    key: string,
    deadlineMs?: number,
  ): Promise<Experiment | null> {
    const found = this.at(key);
    if (!found) {
      return null;
    }
    const { source, id } = found;
    return refusing(
      source.ask(
        viewer,
        (asking) => source.adapter.experiment(asking, id),
        deadlineMs,
      ),
    );
  }

  /** @throws {Refusal} as {@link experiment}. */
  async datasets(
    viewer: Viewer,
    key: string,
    query: PartQuery,
  ): Promise<DatasetPage> {
    const { source, memory, id } = this.at(key) ?? notFound(key);
    const reply = await source.reply(viewer, {
      question: [id, query.text, query.limit, query.cursor],
      answers: memory.datasets,
      ask: (asking) => source.adapter.datasets(asking, id, query),
    });
    return reply ? toPart(source, reply, 'datasets') : notFound(key);
  }

  /** @throws {Refusal} as {@link experiment}. */
  async files(
    viewer: Viewer,
    key: string,
    dataset: string,
    query: PartQuery,
  ): Promise<FilePage> {
    const { source, memory, id } = this.at(key) ?? notFound(key);
    const reply = await source.reply(viewer, {
      question: [id, dataset, query.text, query.limit, query.cursor],
      answers: memory.files,
      ask: (asking) => source.adapter.files(asking, id, dataset, query),
    });
    return reply ? toPart(source, reply, 'files') : notFound(key);
  }

  /** @throws {Refusal} `not-found` if the dataset has no picture that this viewer may see. */
  async thumbnail(
    viewer: Viewer,
    key: string,
    dataset: string,
  ): Promise<Thumbnail> {
    const { source, memory, id } = this.at(key) ?? notFound(key);
    const { adapter } = source;
    const reply = await source.reply(viewer, {
      question: [id, dataset],
      answers: memory.thumbnails,
      ask: (asking) =>
        adapter.thumbnail?.(asking, id, dataset) ?? Promise.resolve(null),
    });
    if (!reply) {
      throw new Refusal('not-found', 'This dataset has no picture.');
    }
    return given(reply).value;
  }

  /** What lists can be narrowed to. */
  async filters(viewer: Viewer): Promise<Filters> {
    return listFilters(this.entries, viewer, this.pageMs);
  }

  /** The key of the experiment with this DOI, of the first source that has it for this viewer. */
  async byDoi(viewer: Viewer, doi: string): Promise<string | null> {
    const asked = await Promise.allSettled(
      this.entries.map(async ({ source }) => {
        const { adapter } = source;
        const id = adapter.byDoi
          ? await source.ask(viewer, (asking) => byDoi(adapter, asking, doi))
          : null;
        return id === null ? [] : [{ source: source.source, id }];
      }),
    );
    const [found] = asked.flatMap((one) =>
      one.status === 'fulfilled' ? one.value : [],
    );
    const failed = asked.find((one) => one.status === 'rejected');
    if (!found && failed) {
      return refusing(Promise.reject(failed.reason as Error)); // It may be there.
    }
    return found ? experimentKey(found) : null;
  }

  /** A person has signed out: nothing of theirs is kept. */
  forget(user: string): void {
    for (const { source, memory } of this.entries) {
      memory.forget(user);
      source.adapter.forget?.(user);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(
      this.entries.map(async ({ source }) => source.adapter.close?.()),
    );
  }

  private at(key: string): (Entry & { id: string }) | null {
    const ref = parseExperimentKey(key);
    const entry = this.entries.find(
      ({ source }) => source.source === ref?.source,
    );
    return ref && entry ? { ...entry, id: ref.id } : null;
  }
}

async function byDoi(
  adapter: CatalogueAdapter,
  asking: Asking,
  doi: string,
): Promise<string | null> {
  return (await adapter.byDoi?.(asking, doi)) ?? null;
}

function notFound(key: string): never {
  throw new Refusal(
    'not-found',
    `There is no experiment ${key} that you may see. If you are on its team, ask the user office to add your account.`,
  );
}
