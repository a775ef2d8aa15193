import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import * as z from 'zod/mini';
import {
  type AdapterPage,
  type Asking,
  type CatalogueAdapter,
  SourceError,
} from '../adapter.js';
import { readRows, Rows } from '../http/rows.js';
import type { HttpSource } from '../http/source.js';
import { type Connection, IcatApi } from './api.js';
import type { IcatConfig } from './config.js';
import { readFilters } from './facets.js';
import { toWhere } from './find.js';
import { and, contains } from './jpql.js';
import { datasetList, experimentList, fileList, WITH_ONE } from './lists.js';
import { type MapOptions, toDataset, toFile } from './map.js';
import { listPage } from './paging.js';
import { Places } from '../remote/places.js';
import { withReason } from './reason.js';
import { DatasetRow, type Investigation, InvestigationRow } from './records.js';
import { mayBeSeen } from './visible.js';

export interface IcatOptions extends Omit<IcatConfig, 'name' | 'kind' | 'url'> {
  source: string;
  /** A path outside these folders is not given. */
  dataRoots: readonly string[];
  now?: () => number;
}

/** ICAT server 6, by its REST API. */
export class IcatCatalogue implements CatalogueAdapter {
  readonly source: string;
  readonly label: string;
  readonly problems: readonly string[] = [];
  private readonly api: IcatApi;
  private readonly map: MapOptions;

  constructor(
    private readonly options: IcatOptions,
    http: HttpSource,
  ) {
    this.source = options.source;
    this.label = options.label;
    this.api = new IcatApi(http, options.auth);
    this.map = { ...options, places: new Places(options) };
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    const connection = await this.api.connect(asking);
    const { actor } = connection;
    const found = await toWhere(connection, asking, query);
    const problem = actor.kind === 'nobody' ? actor.why : undefined;
    const why = { ...(problem !== undefined && { problem }) };
    if (found === 'nothing') {
      return { items: [], total: 0, ...why };
    }
    const { rows, ...page } = await listPage(connection, {
      ...experimentList(query, found.where, actor.kind !== 'nobody'),
      label: this.label,
    });
    const items = await this.seen(
      connection,
      asking,
      rows.map((row) => row.Investigation),
    );
    return { items, ...page, ...why };
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
    const withParameters = this.map.datasetParameters.length > 0;
    const { rows, ...page } = await listPage(connection, {
      ...datasetList(Number(id), query, withParameters),
      label: this.label,
    });
    const items = rows.map((row) => toDataset(row.Dataset, this.map));
    return { items, ...page };
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const connection = await this.api.connect(asking);
    const experiment = await this.open(connection, asking, id);
    const found =
      experiment && (await this.openDataset(connection, id, dataset));
    if (!found) {
      return null;
    }
    const { places } = this.map;
    const folder = places.path(found.location);
    const { rows, ...page } = await listPage(connection, {
      ...fileList(found.id, query),
      label: this.label,
    });
    return {
      items: rows.map((row) =>
        toFile(row, places, folder, experiment.dataPath),
      ),
      ...page,
    };
  }

  async filters(asking: Asking): Promise<Omit<Filters, 'problems'>> {
    return readFilters(await this.api.connect(asking));
  }

  async byDoi(asking: Asking, doi: string): Promise<string | null> {
    const connection = await this.api.connect(asking);
    const rows = await connection.query(
      {
        select: 'i',
        from: 'Investigation i',
        where: and(
          mayBeSeen(connection.actor, asking.staffOf),
          contains('i.doi', doi),
        ),
        limit: 20,
      },
      Rows,
    );
    const { items } = readRows(
      rows,
      InvestigationRow,
      (row) => row.Investigation,
    );
    const wanted = doi.toLowerCase();
    const found = (await this.seen(connection, asking, items)).find(
      ({ pids }) => pids.some(({ value }) => value.toLowerCase() === wanted),
    );
    return found?.ref.id ?? null;
  }

  async probe(signal: AbortSignal): Promise<{ version?: string }> {
    return { version: await this.api.version(signal) };
  }

  forget(user: string): void {
    this.api.forget(user);
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** @throws {SourceError} `signed-out` if it might be there for somebody whom ICAT knows. */
  private async open(
    connection: Connection,
    asking: Asking,
    id: string,
  ): Promise<Experiment | null> {
    if (!isId(id)) {
      return null;
    }
    const { actor } = connection;
    const rows = await connection.query(
      {
        select: 'i',
        from: 'Investigation i',
        where: and(mayBeSeen(actor, asking.staffOf), `i.id = ${Number(id)}`),
        include: WITH_ONE,
      },
      z.array(InvestigationRow),
    );
    const [experiment = null] = await this.seen(
      connection,
      asking,
      rows.map((row) => row.Investigation),
    );
    if (!experiment && actor.kind === 'nobody' && actor.why !== undefined) {
      throw new SourceError('signed-out', actor.why);
    }
    return experiment;
  }

  /** `null` if it is none, or none of this experiment. */
  private async openDataset(
    connection: Connection,
    id: string,
    dataset: string,
  ): Promise<{ id: number; location?: string | undefined } | null> {
    if (!isId(dataset)) {
      return null;
    }
    const where = `d.id = ${Number(dataset)} AND d.investigation.id = ${Number(id)}`;
    const [found] = await connection.query(
      { select: 'd', from: 'Dataset d', where },
      z.array(DatasetRow),
    );
    return found?.Dataset ?? null;
  }

  private seen(
    connection: Connection,
    asking: Asking,
    rows: readonly Investigation[],
  ): Promise<Experiment[]> {
    const now = (this.options.now ?? Date.now)();
    return withReason(connection, asking, rows, this.map, now);
  }
}

/** ICAT's ids are numbers; anything else there is not. */
function isId(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}
