import {
  type DatasetPage,
  type Experiment,
  type ExperimentPage,
  type ExperimentQuery,
  parseExperimentKey,
} from '@beamtime/contract';
import { messageOf, Refusal } from '../refusal.js';
import type { AdapterPage, CatalogueAdapter, Viewer } from './adapter.js';

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
    let answer: AdapterPage;
    try {
      answer = await this.adapter.experiments(viewer, query);
    } catch (error) {
      if (error instanceof Refusal) {
        throw error; // The query is at fault, not the source.
      }
      answer = { items: [], problem: messageOf(error) };
    }
    const { problem: message, ...page } = answer;
    const problems = message === undefined ? [] : [{ source, message }];
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
      ? this.adapter.experiment(viewer, ref.id)
      : null;
  }

  /** @throws {Refusal} `not-found` as for {@link experiment}. */
  async datasets(viewer: Viewer, key: string): Promise<DatasetPage> {
    const ref = parseExperimentKey(key);
    const items =
      ref !== null && this.adapter?.source === ref.source
        ? await this.adapter.datasets(viewer, ref.id)
        : null;
    return items ? { items, asOf: new Date().toISOString() } : notFound(key);
  }
}

function notFound(key: string): never {
  throw new Refusal(
    'not-found',
    `There is no experiment ${key} that you may see. If you are on its team, ask the user office to add your account.`,
  );
}
