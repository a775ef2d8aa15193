import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import * as z from 'zod/mini';
import type { AdapterPage, Asking, CatalogueAdapter } from '../adapter.js';
import { AnsweredError } from '../http/faults.js';
import { Rows, readRows } from '../http/rows.js';
import { after, windowOf } from '../http/skip.js';
import type { HttpQuestion, HttpSource } from '../http/source.js';
import { Places } from '../remote/places.js';
import type { PanoscConfig } from './config.js';
import {
  type Filter,
  includesOf,
  orderOf,
  WITH_DATASETS,
  whereOf,
} from './filter.js';
import { datasetsOf, toDataset, toExperiment, toFile } from './map.js';
import { Count, Document, Instrument, NotOpen, PanoscFile } from './records.js';

const MOST_INSTRUMENTS = 1_000;

type Options = Omit<PanoscConfig, 'kind' | 'name' | 'url'> & {
  source: string;
  /** Where data may lie on this machine. */
  dataRoots: readonly string[];
};

/** A PaNOSC search API: its documents as experiments, all of them open. */
export class PanoscCatalogue implements CatalogueAdapter {
  readonly source: string;
  readonly label: string;
  readonly problems: readonly string[] = [];
  private readonly places: Places;

  constructor(
    private readonly options: Options,
    private readonly http: HttpSource,
  ) {
    this.source = options.source;
    this.label = options.label;
    this.places = new Places(options);
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    const { scope = 'all', cycle } = query;
    if ((scope !== 'all' && scope !== 'public') || cycle !== undefined) {
      return { items: [], total: 0 }; // It knows of no teams, embargoes or cycles.
    }
    const window = windowOf(query);
    const where = whereOf(query, this.options.documents);
    const [rows, count] = await Promise.all([
      first(includesOf(query), (include) =>
        this.http.getJson(
          'Documents',
          filtered(asking, {
            ...include,
            where,
            order: orderOf(query),
            ...window,
          }),
          Rows,
        ),
      ),
      this.count(asking, where),
    ]);
    const { items, leftOut } = readRows(rows, Document, (document) =>
      toExperiment(document, this.places, this.source),
    );
    const narrowed = query.instruments !== undefined;
    const end = window.skip + window.limit;
    // Rows are counted as the source cut them, not as it gave them; several facilities at once give
    // as many each.
    const more =
      count === undefined
        ? rows.length >= window.limit
        : end < count && (rows.length > 0 || narrowed);
    return {
      items: once(items),
      leftOut,
      ...(more && { next: String(end) }),
      ...(count !== undefined && !narrowed && { total: count }),
    };
  }

  async experiment(asking: Asking, id: string): Promise<Experiment | null> {
    const document = await this.document(asking, id);
    return document && toExperiment(document, this.places, this.source);
  }

  async datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null> {
    const document = await this.document(asking, id);
    if (document === null) {
      return null;
    }
    const { skip, limit } = windowOf(query);
    const { items, leftOut } = datasetsOf(document);
    const sought = (query.text ?? '').trim().toLowerCase();
    const found = items
      .map((row) => toDataset(row, this.source))
      .filter(({ name }) => name.toLowerCase().includes(sought));
    return {
      items: found.slice(skip, skip + limit),
      total: found.length,
      leftOut,
      ...after({ skip, limit }, found.length - skip),
    };
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const document = await this.document(asking, id);
    const isThere =
      document && datasetsOf(document).items.some(({ pid }) => pid === dataset);
    if (!isThere) {
      return null;
    }
    const window = windowOf(query);
    const rows = await this.http.getJson(
      `Datasets/${encodeURIComponent(dataset)}/files`,
      filtered(asking, {
        skip: window.skip,
        limit: window.limit + 1,
        order: ['name ASC'],
      }),
      Rows,
    );
    const { dataPath } = toExperiment(document, this.places, this.source);
    const { items, leftOut } = readRows(
      rows.slice(0, window.limit),
      PanoscFile,
      (row) => toFile(row, dataPath, this.places),
    );
    const sought = (query.text ?? '').trim().toLowerCase();
    return {
      items: items.filter(({ name }) => name.toLowerCase().includes(sought)),
      leftOut,
      ...after(window, rows.length),
    };
  }

  async byDoi(asking: Asking, doi: string): Promise<string | null> {
    if (await this.document(asking, doi)) {
      return doi;
    }
    const rows = await this.http.getJson(
      'Documents',
      filtered(asking, { where: { doi }, limit: 1 }),
      Rows,
    );
    const { items } = readRows(rows, Document, ({ pid }) => pid);
    return items[0] ?? null;
  }

  async filters(asking: Asking): Promise<Omit<Filters, 'problems'>> {
    const rows = await this.http.getJson(
      'Instruments',
      filtered(asking, { limit: MOST_INSTRUMENTS }),
      Rows,
    );
    const { items } = readRows(rows, Instrument, ({ name, facility }) => ({
      name,
      ...(facility && { fullName: `${name}, ${facility}` }),
    }));
    return {
      instruments: items.sort((one, other) =>
        one.name.localeCompare(other.name),
      ),
      cycles: [],
      years: [],
    };
  }

  async probe(signal: AbortSignal): Promise<{ version?: string }> {
    await this.http.getJson('Documents/count', { signal }, Count);
    return {};
  }

  /** `null` also for one that is not open. */
  private async document(asking: Asking, id: string): Promise<Document | null> {
    const row = await first(WITH_DATASETS, (include) =>
      this.http.getJson(
        `Documents/${encodeURIComponent(id)}`,
        filtered(asking, include),
        z.union([Document, NotOpen]),
      ),
    ).catch(absent);
    return row?.isPublic ? row : null;
  }

  /** `undefined` where the source does not count what is looked for so. */
  private async count(
    { signal }: Asking,
    where: Filter,
  ): Promise<number | undefined> {
    const question = { signal, query: { where: JSON.stringify(where) } };
    try {
      return (await this.http.getJson('Documents/count', question, Count))
        .count;
    } catch (error) {
      if (error instanceof AnsweredError && error.retryAfterMs === undefined) {
        return undefined;
      }
      throw error;
    }
  }
}

/** An include that the site does not know is a status of 500: then with less. */
async function first<T>(
  includes: readonly Filter[],
  ask: (include: Filter) => Promise<T>,
): Promise<T> {
  const [include = {}, ...less] = includes;
  try {
    return await ask(include);
  } catch (error) {
    if (
      less.length > 0 &&
      error instanceof AnsweredError &&
      (error.status === 500 || error.status === 400)
    ) {
      return first(less, ask);
    }
    throw error;
  }
}

/** The same document may come from two facilities. */
function once(items: readonly Experiment[]): Experiment[] {
  return [...new Map(items.map((one) => [one.ref.id, one])).values()];
}

function absent(error: unknown): null {
  if (error instanceof AnsweredError && error.status === 404) {
    return null;
  }
  throw error;
}

const filtered = ({ signal }: Asking, filter: Filter): HttpQuestion => ({
  signal,
  query: { filter: JSON.stringify(filter) },
});
