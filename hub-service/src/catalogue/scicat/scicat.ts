import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import * as z from 'zod/mini';
import type {
  AdapterPage,
  Asking,
  CatalogueAdapter,
  Thumbnail,
} from '../adapter.js';
import { Rows, readRows } from '../http/rows.js';
import type { HttpSource } from '../http/source.js';
import { Places } from '../remote/places.js';
import { ServiceAccount } from './account.js';
import type { ScicatConfig } from './config.js';
import { ScicatData } from './data.js';
import { toExperiment } from './map.js';
import { InstrumentNames } from './instruments.js';
import { gone } from './gone.js';
import { page } from './paging.js';
import { Health, Proposal, Published, Years } from './records.js';
import {
  Doorkeeper,
  idsOf,
  questionAs,
  type Standing,
  visibilityOf,
} from './standing.js';
import { conditions } from './where.js';

type Options = Omit<ScicatConfig, 'kind' | 'name' | 'url'> & {
  source: string;
  /** Where data may lie on this machine. */
  dataRoots: readonly string[];
};

/**
 * A SciCat 4.x: proposals as experiments (v3, whose lists know what the person may see), datasets
 * and files (v4). Tried with backend 4.5.0.
 */
export class ScicatCatalogue implements CatalogueAdapter {
  readonly source: string;
  readonly label: string;
  readonly problems: readonly string[] = [];
  private readonly account: ServiceAccount | null;
  private readonly door: Doorkeeper;
  private readonly places: Places;
  private readonly instruments: InstrumentNames;
  private readonly data: ScicatData;

  constructor(
    private readonly options: Options,
    private readonly http: HttpSource,
  ) {
    const { auth, source, label } = options;
    this.source = source;
    this.label = label;
    this.account =
      auth.kind === 'service' ? new ServiceAccount(auth, http) : null;
    this.door = new Doorkeeper(auth, http, this.account);
    this.places = new Places(options);
    this.instruments = new InstrumentNames(http);
    this.data = new ScicatData(source, http, this.places);
  }

  async experiments(
    asking: Asking,
    query: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    const [standing, instruments] = await this.admit(asking);
    const names =
      query.scope === 'instrument' && asking.staffOf !== 'all'
        ? asking.staffOf.filter(
            (name) => query.instruments?.includes(name) ?? true,
          )
        : query.instruments;
    const ids = names && [...idsOf(instruments, names)];
    const isNobodys =
      (query.scope === 'mine' && standing.groups.length === 0) ||
      (query.scope === 'embargoed' && standing.bearer === null);
    if (ids?.length === 0 || isNobodys) {
      return { items: [], ...pick(standing) };
    }
    const { rows, next } = await page(
      query,
      conditions(query, standing, ids ?? null, this.options.cycleField),
      (where, limits) =>
        this.http.getJson(
          'v3/proposals',
          // The name is `filters`: SciCat ignores `filter`, and gives everything.
          questionAs(standing.bearer, asking, { filters: { where, limits } }),
          Rows,
        ),
    );
    const read = readRows(rows, Proposal, (proposal) => proposal);
    return {
      items: read.items.flatMap(
        (proposal) => this.seen(proposal, standing, instruments) ?? [],
      ),
      leftOut: read.leftOut,
      ...(next !== undefined && { next }),
      ...pick(standing),
    };
  }

  async experiment(asking: Asking, id: string): Promise<Experiment | null> {
    const [standing, instruments] = await this.admit(asking);
    return this.proposal(asking, standing, instruments, id);
  }

  async datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null> {
    const [standing, instruments] = await this.admit(asking);
    const proposal = await this.proposal(asking, standing, instruments, id);
    return (
      proposal && {
        ...(await this.data.datasets(asking, standing, id, query)),
        ...pick(standing),
      }
    );
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const [standing, instruments] = await this.admit(asking);
    const proposal = await this.proposal(asking, standing, instruments, id);
    return (
      proposal && this.data.files(asking, standing, proposal, dataset, query)
    );
  }

  async thumbnail(
    asking: Asking,
    id: string,
    dataset: string,
  ): Promise<Thumbnail | null> {
    const [standing, instruments] = await this.admit(asking);
    const proposal = await this.proposal(asking, standing, instruments, id);
    return proposal && this.data.thumbnail(asking, standing, proposal, dataset);
  }

  /** By what is published with the DOI, or by a dataset that has it as its own. */
  async byDoi(asking: Asking, doi: string): Promise<string | null> {
    const [standing, instruments] = await this.admit(asking);
    const published = await this.http.getJson(
      'v4/publisheddata',
      questionAs(null, asking, {
        filter: { where: { doi }, limits: { skip: 0, limit: 1 } },
      }),
      Rows,
    );
    const { items } = readRows(published, Published, (row) => row);
    const pids = items.flatMap((row) => [...row.datasetPids, ...row.pidArray]);
    const ids = await this.data.proposalsOf(asking, standing, [doi, ...pids]);
    for (const id of ids) {
      if (await this.proposal(asking, standing, instruments, id)) {
        return id;
      }
    }
    return null;
  }

  async filters(asking: Asking): Promise<Omit<Filters, 'problems'>> {
    const [standing, instruments] = await this.admit(asking);
    // A list's own counts leave out what is published by others, so that is asked for too.
    const asked = [{}, { isPublished: true }].map(async (fields) => {
      const answer = await this.http.getJson(
        'v3/proposals/fullfacet',
        questionAs(standing.bearer, asking, { fields, facets: ['startTime'] }),
        z.tuple([Years], z.unknown()),
      );
      return answer[0].startTime.flatMap(({ _id }) => _id.year ?? []);
    });
    const years = new Set((await Promise.all(asked)).flat());
    return {
      instruments: instruments
        .map(({ name }) => ({ name }))
        .sort((one, other) => one.name.localeCompare(other.name)),
      cycles: [],
      years: [...years].sort((one, other) => other - one),
    };
  }

  async probe(signal: AbortSignal): Promise<{ version?: string }> {
    await this.http.getJson('v3/health', { signal }, Health);
    await this.account?.token({ signal });
    return {}; // SciCat does not say which it is.
  }

  forget(user: string): void {
    this.account?.forget(user);
  }

  private async admit(asking: Asking) {
    const instruments = await this.instruments.all(asking);
    const standing = await this.door.admit(asking, instruments);
    return [standing, instruments] as const;
  }

  private async proposal(
    asking: Asking,
    standing: Standing,
    instruments: Awaited<ReturnType<InstrumentNames['all']>>,
    id: string,
  ): Promise<Experiment | null> {
    const row = await this.http
      .getJson(
        `v3/proposals/${encodeURIComponent(id)}`,
        questionAs(standing.bearer, asking),
        Proposal,
      )
      .catch(gone);
    return row && this.seen(row, standing, instruments);
  }

  private seen(
    proposal: Proposal,
    standing: Standing,
    instruments: Awaited<ReturnType<InstrumentNames['all']>>,
  ): Experiment | null {
    const visibility = visibilityOf(standing, proposal);
    return (
      visibility &&
      toExperiment(proposal, visibility, instruments, this.places, this.options)
    );
  }
}

const pick = ({ problem }: Standing) =>
  problem === undefined ? {} : { problem, problemKind: 'signed-out' as const };
