import type { DatabaseSync } from 'node:sqlite';
import type {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import type { AdapterPage } from '../adapter.js';
import { filtersFor } from './filters.js';
import { datasetsOf, filesOf } from './parts.js';
import { toExperiment } from './records.js';
import { search } from './search.js';
import { plainDoi } from './values.js';
import { bound, type Looking, REASON, WHO } from './visible.js';
import * as z from 'zod/mini';

const Reason = z.enum(['member', 'staff', 'public']);

/** Answers questions from the database; each answer decides anew what the viewer may see. */
export class CatalogueReader {
  constructor(
    private readonly database: DatabaseSync,
    private readonly source: string,
    private readonly dataRoots: readonly string[],
  ) {}

  experiments(
    looking: Looking,
    query: ExperimentQuery,
  ): AdapterPage<Experiment> {
    const { rows, ...page } = search(this.database, looking, query);
    return {
      items: rows.map(({ id, visibility }) =>
        toExperiment(this.database, id, visibility, this.telling(looking)),
      ),
      ...page,
    };
  }

  experiment(looking: Looking, id: string): Experiment | null {
    const reason = this.reason(looking, id);
    return (
      reason && toExperiment(this.database, id, reason, this.telling(looking))
    );
  }

  datasets(
    looking: Looking,
    id: string,
    query: PartQuery,
  ): AdapterPage<Dataset> | null {
    return (
      this.reason(looking, id) &&
      datasetsOf(this.database, id, query, this.telling(looking))
    );
  }

  files(
    looking: Looking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): AdapterPage<DataFile> | null {
    return (
      this.reason(looking, id) &&
      filesOf(this.database, id, dataset, query, this.telling(looking))
    );
  }

  filters(looking: Looking): Omit<Filters, 'problems'> {
    return filtersFor(this.database, looking);
  }

  /** Where a dataset's picture lies; `null` if it has none for this viewer. */
  thumbnail(looking: Looking, id: string, dataset: string): string | null {
    const row =
      this.reason(looking, id) &&
      this.database
        .prepare(
          'select thumbnail from dataset where id = ? and experiment_id = ?',
        )
        .get(dataset, id);
    const path = row?.['thumbnail'];
    return typeof path === 'string' ? path : null;
  }

  /** The experiment of a DOI, its own, its proposal's (the newest) or a dataset's. */
  byDoi(looking: Looking, doi: string): string | null {
    const row = this.database
      .prepare(
        `with ${WHO}, named(id) as (
           select id from experiment where lower(doi) = $doi
           union select experiment_id from dataset where lower(doi) = $doi
           union select e.id from experiment e join proposal p on p.id = e.proposal_id
             where lower(p.doi) = $doi)
         select l.id from named join listing l on l.id = named.id
         where ${REASON} is not null order by l.rid limit 1`,
      )
      .get({ ...bound(looking), $doi: plainDoi(doi).toLowerCase() });
    const id = row?.['id'];
    return typeof id === 'string' ? id : null;
  }

  /** How many experiments there are. */
  size(): number {
    const row = this.database
      .prepare('select count(*) as size from listing')
      .get();
    return Number(row?.['size']);
  }

  private reason(looking: Looking, id: string) {
    const row = this.database
      .prepare(
        `with ${WHO} select ${REASON} as reason from listing l where l.id = $id`,
      )
      .get({ ...bound(looking), $id: id });
    const reason = Reason.safeParse(row?.['reason']);
    return reason.success ? reason.data : null;
  }

  private telling({ now }: Looking) {
    return { source: this.source, dataRoots: this.dataRoots, now };
  }
}
