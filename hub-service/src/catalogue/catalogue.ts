import {
  type DatasetPage,
  type Experiment,
  type ExperimentPage,
  type ExperimentQuery,
  type FilePage,
  type Filters,
  type PartQuery,
  type SourceProblem,
  parseExperimentKey,
} from '@beamtime/contract';
import { messageOf, Refusal } from '../refusal.js';
import type {
  AdapterPage,
  Asking,
  CatalogueAdapter,
  Viewer,
} from './adapter.js';

const DEADLINE_MS = 5_000;

/** All experiments, wherever they come from: today from one source or none. */
export class Catalogue {
  /** @param adapter - `null` where the site has no catalogue. */
  constructor(private readonly adapter: CatalogueAdapter | null) {}

  get problems(): readonly string[] {
    return this.adapter?.problems ?? [];
  }

  /** Newest first. A source that fails is named in `problems`; the page comes all the same. */
  async experiments(
    viewer: Viewer,
    query: ExperimentQuery,
  ): Promise<ExperimentPage> {
    const asOf = new Date().toISOString();
    if (!this.adapter) {
      return { items: [], total: 0, asOf, problems: [] };
    }
    const { source } = this.adapter;
    let answer: AdapterPage<Experiment>;
    try {
      answer = await this.adapter.experiments(asking(viewer), query);
    } catch (error) {
      if (error instanceof Refusal) {
        throw error; // The query is at fault, not the source.
      }
      answer = { items: [], problem: messageOf(error) };
    }
    const { problem: message, ...page } = answer;
    const { label } = this.adapter;
    const problems: SourceProblem[] =
      message === undefined
        ? []
        : [{ source, label, kind: 'unavailable', message, since: asOf }];
    return { ...page, asOf, problems };
  }

  /**
   * @param key - `source:id`.
   * @throws {Refusal} `not-found` if there is none that this viewer may see.
   */
  async experiment(viewer: Viewer, key: string): Promise<Experiment> {
    return (await this.find(viewer, key)) ?? notFound(key);
  }

  /** As {@link experiment}, but `null` when not found. */
  async find(viewer: Viewer, key: string): Promise<Experiment | null> {
    const ref = parseExperimentKey(key);
    return ref !== null && this.adapter?.source === ref.source
      ? this.adapter.experiment(asking(viewer), ref.id)
      : null;
  }

  /** @throws {Refusal} `not-found` as for {@link experiment}. */
  async datasets(
    viewer: Viewer,
    key: string,
    query: PartQuery,
  ): Promise<DatasetPage> {
    const ref = parseExperimentKey(key);
    const page =
      ref !== null && this.adapter?.source === ref.source
        ? await this.adapter.datasets(asking(viewer), ref.id, query)
        : null;
    return page ? whole(page) : notFound(key);
  }

  /** @throws {Refusal} `not-found` as for {@link experiment}. */
  async files(
    viewer: Viewer,
    key: string,
    dataset: string,
    query: PartQuery,
  ): Promise<FilePage> {
    const ref = parseExperimentKey(key);
    const page =
      ref !== null && this.adapter?.source === ref.source
        ? await this.adapter.files(asking(viewer), ref.id, dataset, query)
        : null;
    return page ? whole(page) : notFound(key);
  }

  /** What lists can be narrowed to. */
  async filters(viewer: Viewer): Promise<Filters> {
    const none = { instruments: [], cycles: [], years: [] };
    const found = (await this.adapter?.filters(asking(viewer))) ?? none;
    return { ...found, problems: [] };
  }
}

const asking = (viewer: Viewer): Asking => ({
  viewer,
  staffOf: [],
  signal: AbortSignal.timeout(DEADLINE_MS),
  token: () => Promise.resolve(null),
});

const whole = <T>({ items, next, total }: AdapterPage<T>) => ({
  items,
  ...(next !== undefined && { next }),
  ...(total !== undefined && { total }),
  asOf: new Date().toISOString(),
  problems: [],
});

function notFound(key: string): never {
  throw new Refusal(
    'not-found',
    `There is no experiment ${key} that you may see. If you are on its team, ask the user office to add your account.`,
  );
}
