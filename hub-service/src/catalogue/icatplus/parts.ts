import type { DataFile, Dataset, PartQuery } from '@beamtime/contract';
import * as z from 'zod/mini';
import { Refusal } from '../../refusal.js';
import { type AdapterPage, SourceError } from '../adapter.js';
import { readRows, Rows } from '../http/rows.js';
import type { PlusConnection } from './api.js';
import { type Site, toDataset, toFile } from './map.js';
import { Datafile, Meta, PlusDataset, Statuses } from './records.js';

const DEFAULT_LIMIT = 50;

/** The datasets of an experiment that may be seen. */
export async function datasetsOf(
  connection: PlusConnection,
  id: string,
  { text = '', limit = DEFAULT_LIMIT, cursor }: PartQuery,
  site: Site,
): Promise<AdapterPage<Dataset>> {
  const skip = readSkip(cursor);
  const rows = await connection.get(
    () => 'catalogue/datasets',
    {
      investigationIds: id,
      limit: limit + 1,
      skip,
      sortBy: 'STARTDATE',
      sortOrder: -1,
      search: text.trim() === '' ? undefined : text.trim(),
    },
    Rows,
  );
  const { items, leftOut } = readRows(
    rows.slice(0, limit),
    PlusDataset,
    (row) => row,
  );
  const total = Meta.safeParse(rows[0]).data?.meta.page.total;
  const statuses = await statusesOf(
    connection,
    items.map((row) => String(row.id)),
  );
  return {
    items: items.map((row, place) => toDataset(row, statuses[place], site)),
    ...(leftOut > 0 && { leftOut }),
    ...(total !== undefined && { total }),
    ...(rows.length > limit && { next: String(skip + limit) }),
  };
}

/** @param dataPath - the experiment's folder. */
export async function filesOf(
  connection: PlusConnection,
  dataset: string,
  { text = '', limit = DEFAULT_LIMIT, cursor }: PartQuery,
  { places }: Site,
  dataPath: string | undefined,
): Promise<AdapterPage<DataFile>> {
  const skip = readSkip(cursor);
  const rows = await connection.get(
    (session) => `catalogue/${session}/datafile`,
    {
      datasetId: dataset,
      limit: limit + 1,
      skip,
      search: text.trim() === '' ? undefined : text.trim(),
    },
    Rows,
  );
  const { items, leftOut } = readRows(rows.slice(0, limit), Datafile, (row) =>
    toFile(row, places, dataPath),
  );
  return {
    items,
    ...(leftOut > 0 && { leftOut }),
    ...(rows.length > limit && { next: String(skip + limit) }),
  };
}

const Id = z.union([z.int(), z.string()]);
const OfBoth = z.object({ id: Id, investigation: z.object({ id: Id }) });

/** Whether it is one of the experiment's. Filters may be joined by "or": what came is looked at. */
export async function hasDataset(
  { get }: PlusConnection,
  id: string,
  dataset: string,
): Promise<boolean> {
  const [row] = await get(
    () => 'catalogue/datasets',
    { investigationIds: id, datasetIds: dataset, limit: 1, skip: 0 },
    Rows,
  );
  const { data } = OfBoth.safeParse(row);
  return String(data?.id) === dataset && String(data?.investigation.id) === id;
}

/** Where the files are; nothing is known if that cannot be asked. */
async function statusesOf(
  { actor, get }: PlusConnection,
  ids: readonly string[],
): Promise<(string | undefined)[]> {
  if (actor.kind === 'nobody' || ids.length === 0) {
    return [];
  }
  try {
    const statuses = await get(
      (session) => `ids/${session}/datasets/status`,
      { datasetIds: ids.join(',') },
      Statuses,
    );
    return statuses.length === ids.length
      ? statuses.map((status) =>
          typeof status === 'string' ? status : (status.status ?? undefined),
        )
      : [];
  } catch (error) {
    if (error instanceof SourceError) {
      return [];
    }
    throw error;
  }
}

function readSkip(cursor = '0'): number {
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new Refusal('bad-request', 'The cursor is not understood.');
  }
  return Number(cursor);
}
