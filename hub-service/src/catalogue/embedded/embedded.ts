import { posix } from 'node:path';
import {
  type DataFile,
  Dataset,
  type Experiment,
  type ExperimentQuery,
  type Filters,
  type PartQuery,
  type Visibility,
} from '@beamtime/contract';
import { sql } from 'kysely';
import * as z from 'zod/mini';
import { parseOrRefuse, Refusal } from '../../refusal.js';
import type { Database } from '../../store/database.js';
import type {
  AdapterPage,
  Asking,
  CatalogueAdapter,
  Viewer,
} from '../adapter.js';
import { SOURCE, StoredDataset, StoredExperiment } from './records.js';
import type { FileWatch } from './file-watch.js';
import { toMatch } from './text.js';
import { type IsStaff, visibleTo } from './visible.js';

const DEFAULT_LIMIT = 50;
const STALE =
  'Experiments may be missing or out of date: the facility’s catalogue cannot be read at the moment. The admins of this hub see why.';

/** The place after which the next part begins: sort key and id of the last one. */
const Cursor = z.tuple([z.string(), z.string()]);

export interface EmbeddedOptions {
  isStaff: IsStaff;
  /** A data path outside these folders is left out. */
  dataRoots: readonly string[];
  now?: () => Date;
}

/** The catalogue of a site that has none: a file, loaded into the store. */
export class EmbeddedCatalogue implements CatalogueAdapter {
  readonly source = SOURCE;
  readonly label = 'This facility’s catalogue';

  constructor(
    private readonly database: Database,
    private readonly file: FileWatch,
    private readonly options: EmbeddedOptions,
  ) {}

  get problems(): readonly string[] {
    return this.file.problems;
  }

  async experiments(
    { viewer }: Asking,
    { text = '', limit = DEFAULT_LIMIT, cursor }: ExperimentQuery,
  ): Promise<AdapterPage<Experiment>> {
    const match = toMatch(text);
    if (match === 'nothing') {
      return { items: [], total: 0 };
    }
    let found = await this.visible(viewer);
    if (match) {
      // The public is not told who was there, so it does not find by people either.
      found = found.where(
        sql<boolean>`(seen.visibility <> 'public' and seen.id in (select id from embedded_text where embedded_text match ${match.match})
          or seen.visibility = 'public' and seen.id in (select id from embedded_text where embedded_text match ${match.open}))`,
      );
    }
    const { total } = await found
      .select((build) => build.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    if (cursor !== undefined) {
      const [key, id] = readCursor(cursor);
      found = found.where(
        sql<boolean>`(seen.sort_key, seen.id) < (${key}, ${id})`,
      );
    }
    const rows = await found
      .select(['seen.id', 'seen.sort_key', 'seen.record', 'seen.visibility'])
      .orderBy('seen.sort_key', 'desc')
      .orderBy('seen.id', 'desc')
      .limit(limit + 1)
      .execute();
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      items: rows.slice(0, limit).map((row) => this.toExperiment(row)),
      total,
      ...(this.file.stale && { problem: STALE }),
      ...(last && { next: writeCursor([last.sort_key, last.id]) }),
    };
  }

  async experiment({ viewer }: Asking, id: string): Promise<Experiment | null> {
    const row = await (
      await this.visible(viewer)
    )
      .select(['seen.record', 'seen.visibility'])
      .where('seen.id', '=', id)
      .executeTakeFirst();
    return row ? this.toExperiment(row) : null;
  }

  async datasets(
    asking: Asking,
    id: string,
    query: PartQuery,
  ): Promise<AdapterPage<Dataset> | null> {
    const stored = await this.stored(asking, id);
    return (
      stored &&
      part(
        stored.map((row) => Dataset.parse(row)),
        query,
      )
    );
  }

  async files(
    asking: Asking,
    id: string,
    dataset: string,
    query: PartQuery,
  ): Promise<AdapterPage<DataFile> | null> {
    const stored = await this.stored(asking, id);
    const found = stored?.find(({ ref }) => ref.id === dataset);
    return found ? part(found.files, query) : null;
  }

  async filters(): Promise<Omit<Filters, 'problems'>> {
    await this.file.refresh();
    return { instruments: [], cycles: [], years: [] };
  }

  async probe(): Promise<{ version?: string }> {
    await this.file.refresh();
    return {};
  }

  private async stored(
    asking: Asking,
    id: string,
  ): Promise<StoredDataset[] | null> {
    if ((await this.experiment(asking, id)) === null) {
      return null;
    }
    const rows = await this.database
      .selectFrom('embedded_dataset')
      .select('record')
      .where('experiment_id', '=', id)
      .orderBy('position')
      .execute();
    return rows.map(({ record }) => StoredDataset.parse(JSON.parse(record)));
  }

  private async visible(viewer: Viewer) {
    await this.file.refresh();
    const { isStaff, now = () => new Date() } = this.options;
    return visibleTo(this.database, viewer, isStaff, now());
  }

  private toExperiment(row: {
    record: string;
    visibility: Visibility;
  }): Experiment {
    const { dataPath, people, ...stored } = StoredExperiment.parse(
      JSON.parse(row.record),
    );
    return {
      ...stored,
      visibility: row.visibility,
      people: row.visibility === 'public' ? [] : people,
      ...(dataPath !== undefined &&
        isBelow(dataPath, this.options.dataRoots) && { dataPath }),
    };
  }
}

/** Whether a path lies in one of the folders by its name; links are the session's to check. */
export function isBelow(path: string, roots: readonly string[]): boolean {
  return (
    posix.normalize(path) === path &&
    roots.some((root) => path.startsWith(`${root.replace(/\/+$/, '')}/`))
  );
}

/** A part of a list that is all here; its cursor is the number of what came before. */
function part<T extends { name: string }>(
  all: readonly T[],
  { text = '', limit = DEFAULT_LIMIT, cursor = '0' }: PartQuery,
): AdapterPage<T> {
  const sought = text.trim().toLowerCase();
  const found = all.filter(({ name }) => name.toLowerCase().includes(sought));
  const start = Number(cursor);
  if (!Number.isInteger(start) || start < 0) {
    throw new Refusal('bad-request', 'The cursor is not understood.');
  }
  const end = start + limit;
  return {
    items: found.slice(start, end),
    total: found.length,
    ...(end < found.length && { next: String(end) }),
  };
}

function writeCursor(place: z.infer<typeof Cursor>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readCursor(cursor: string): z.infer<typeof Cursor> {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    place = undefined;
  }
  return parseOrRefuse(Cursor, place, 'The cursor');
}
