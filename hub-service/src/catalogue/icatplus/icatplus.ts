import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import {
  type AdapterPage,
  type Asking,
  type CatalogueAdapter,
  SourceError,
} from '../adapter.js';
import { readRows, Rows } from '../http/rows.js';
import type { HttpSource } from '../http/source.js';
import { Places } from '../remote/places.js';
import { IcatPlusApi, NotAccepted, type PlusConnection } from './api.js';
import type { IcatPlusConfig } from './config.js';
import { type Site, toExperiment } from './map.js';
import { mergedPage, type Stream } from './merged.js';
import { find } from './one.js';
import { datasetsOf, filesOf, hasDataset } from './parts.js';
import { InstrumentRow, type Investigation } from './records.js';
import { isReleased, type ListOf, listsFor, reasonFor } from './scopes.js';

const DEFAULT_LIMIT = 50;
const DAY_MS = 86_400_000;
const SORT_BY = { start: 'STARTDATE', proposal: 'NAME', title: 'TITLE' };

export interface IcatPlusOptions extends Omit<
  IcatPlusConfig,
  'name' | 'kind' | 'url'
> {
  source: string;
  /** A path outside these folders is not given. */
  dataRoots: readonly string[];
  now?: () => number;
}

/** ICAT+, the API before ESRF's ICAT. */
export class IcatPlusCatalogue implements CatalogueAdapter {
  readonly source: string;
  readonly label: string;
  readonly problems: readonly string[] = [];
  private readonly api: IcatPlusApi;
  private readonly site: Site;
  /** Its documentation spells one filter in another way than its name. */
  private participant = 'participant';

  constructor(
    private readonly options: IcatPlusOptions,
    http: HttpSource,
  ) {
    this.source = options.source;
    this.label = options.label;
    this.api = new IcatPlusApi(http, options.auth);
    this.site = { source: options.source, places: new Places(options) };
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    if (query.cycle !== undefined) {
      throw new SourceError(
        'unsupported',
        `${this.label} does not know the facility’s cycles. Leave out that filter to see its experiments.`,
      );
    }
    const connection = await this.api.connect(asking);
    if (connection.actor.kind === 'nobody') {
      throw this.signedOut();
    }
    const { staffOf } = asking;
    const judging = { actor: connection.actor, staffOf, now: this.now() };
    const lists = listsFor(connection.actor, staffOf, query);
    if (lists.length === 0) {
      return { items: [], total: 0 };
    }
    const { leftOut, total, ...page } = await mergedPage(
      lists.map((list) => this.stream(connection, list, query)),
      { ...query, limit: query.limit ?? DEFAULT_LIMIT },
      (row, place) => {
        const reason = reasonFor(row, lists[place] ?? null, judging);
        return reason !== null && fits(row, query, judging.now)
          ? toExperiment(row, reason, this.site)
          : null;
      },
    );
    const isNarrowed = query.from ?? query.to ?? query.scope === 'embargoed';
    return {
      ...page,
      ...(leftOut > 0 && { leftOut }),
      ...(total !== undefined && isNarrowed === false && { total }),
    };
  }

  async experiment(asking: Asking, id: string): Promise<Experiment | null> {
    return this.open(await this.api.connect(asking), asking, id);
  }

  async datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null> {
    const connection = await this.api.connect(asking);
    if ((await this.open(connection, asking, id)) === null) {
      return null;
    }
    return datasetsOf(connection, id, query, this.site);
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const connection = await this.api.connect(asking);
    const experiment = await this.open(connection, asking, id);
    if (experiment === null || !isId(dataset)) {
      return null;
    }
    if (!(await hasDataset(connection, id, dataset))) {
      return null;
    }
    if (connection.actor.kind === 'nobody') {
      throw this.signedOut();
    }
    return filesOf(connection, dataset, query, this.site, experiment.dataPath);
  }

  async filters({ signal }: Asking): Promise<Omit<Filters, 'problems'>> {
    const rows = await this.api.open('catalogue/instruments', signal, Rows);
    const { items } = readRows(
      rows,
      InstrumentRow,
      ({ name, description }) => ({
        name,
        ...(description && description !== name && { fullName: description }),
      }),
    );
    return { instruments: items, cycles: [], years: [] };
  }

  async byDoi(asking: Asking, doi: string): Promise<string | null> {
    const { items } = await this.experiments(asking, { text: doi, limit: 20 });
    const wanted = doi.toLowerCase();
    const found = items.find(({ pids }) =>
      pids.some(({ value }) => value.toLowerCase() === wanted),
    );
    return found?.ref.id ?? null;
  }

  /** ICAT+ does not say its version. */
  async probe(signal: AbortSignal): Promise<{ version?: string }> {
    await this.api.open('catalogue/instruments', signal, Rows);
    return {};
  }

  forget(user: string): void {
    this.api.forget(user);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  private stream(
    connection: PlusConnection,
    { filter, username, instruments }: ListOf,
    { text = '', from, to, sort = 'start', order }: ExperimentQuery,
  ): Stream {
    const descending =
      (order ?? (sort === 'start' ? 'desc' : 'asc')) === 'desc';
    const ask = (skip: number, limit: number, word: string | undefined) =>
      connection.get(
        (session) => `catalogue/${session}/investigation`,
        {
          filter: word,
          username,
          instrumentName: instruments?.join(','),
          search: text.trim() === '' ? undefined : text.trim(),
          startDate: from,
          endDate: to === undefined ? undefined : dayAfter(to),
          sortBy: SORT_BY[sort],
          sortOrder: descending ? -1 : 1,
          withHasAccess: true,
          limit,
          skip,
        },
        Rows,
      );
    return {
      read: async (skip, limit) => {
        if (filter !== 'participant') {
          return ask(skip, limit, filter === 'own' ? undefined : filter);
        }
        try {
          return await ask(skip, limit, this.participant);
        } catch (error) {
          if (!(error instanceof NotAccepted)) {
            throw error;
          }
          const other =
            this.participant === 'partipant' ? 'participant' : 'partipant';
          const rows = await ask(skip, limit, other);
          this.participant = other;
          return rows;
        }
      },
    };
  }

  private async open(
    connection: PlusConnection,
    { staffOf }: Asking,
    id: string,
  ): Promise<Experiment | null> {
    const row = isId(id) ? await find(connection, id) : null;
    const reason =
      row &&
      reasonFor(row, null, {
        actor: connection.actor,
        staffOf,
        now: this.now(),
      });
    return row && reason && toExperiment(row, reason, this.site);
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }

  private signedOut(): SourceError {
    return new SourceError(
      'signed-out',
      `${this.label} shows this only to those it knows. Sign out of the hub and in again; if that does not help, ask the admins of this hub.`,
    );
  }
}

/** What ICAT+'s own filters take in a wider sense. */
function fits(
  row: Investigation,
  { from, to, scope }: ExperimentQuery,
  now: number,
): boolean {
  const start = row.startDate?.slice(0, 10) ?? '';
  return (
    (from === undefined || start >= from) &&
    (to === undefined || (start !== '' && start <= to)) &&
    (scope !== 'embargoed' || !isReleased(row, now))
  );
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

function isId(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}
