import type { DatabaseSync } from 'node:sqlite';
import {
  type DataFile,
  type Dataset,
  fileKind,
  type PartQuery,
} from '@beamtime/contract';
import * as z from 'zod/mini';
import type { AdapterPage } from '../adapter.js';
import { readCursor, writeCursor } from './cursor.js';
import { fold } from './fold.js';
import { isBelow } from './paths.js';
import { known } from './people.js';
import type { Telling } from './records.js';

const DEFAULT_LIMIT = 50;
const Text = z.nullable(z.string());

const DatasetRow = z.object({
  place: z.int(),
  id: z.string(),
  name: z.string(),
  description: Text,
  type: z.enum(['raw', 'processed', 'other']),
  sample: Text,
  start: Text,
  end: Text,
  path: Text,
  bytes: z.nullable(z.int()),
  files: z.int(),
  online: z.nullable(z.enum(['online', 'archived', 'restoring'])),
  doi: Text,
  license: Text,
  thumbnail: Text,
});

const DATASETS = `select d.rowid as place, d.id, d.name, d.description, d.type, s.name as sample,
    d.start_date as start, d.end_date as end, d.path, d.online, d.doi, d.license, d.thumbnail,
    coalesce(d.bytes, (select sum(f.bytes) from datafile f where f.dataset_id = d.id)) as bytes,
    coalesce(d.file_count, (select count(*) from datafile f where f.dataset_id = d.id)) as files
  from dataset d left join sample s on s.id = d.sample_id
  where d.experiment_id = $of and instr(fold(d.name), $text) > 0 and d.rowid > $after
  order by d.rowid limit $limit`;
const COUNT_DATASETS = `select count(*) as total from dataset d
  where d.experiment_id = $of and instr(fold(d.name), $text) > 0`;

const FileRow = z.object({
  path: z.string(),
  bytes: z.nullable(z.int()),
  modified: Text,
});

const FILES = `select path, bytes, modified_at as modified from datafile
  where dataset_id = $of and instr(fold(path), $text) > 0 and path > $after
  order by path limit $limit`;
const COUNT_FILES = `select count(*) as total from datafile
  where dataset_id = $of and instr(fold(path), $text) > 0`;

/** The datasets of an experiment, in the order in which they were imported. */
export function datasetsOf(
  database: DatabaseSync,
  experiment: string,
  query: PartQuery,
  telling: Telling,
): AdapterPage<Dataset> {
  const { source, dataRoots } = telling;
  return page(
    database,
    { rows: DATASETS, count: COUNT_DATASETS, row: DatasetRow },
    { of: experiment, first: 0, cursor: z.int(), query },
    ({ place }) => place,
    (row) => ({
      ref: { source, id: row.id },
      name: row.name,
      type: row.type,
      techniques: techniquesOf(database, row.id),
      pids: row.doi === null ? [] : [{ scheme: 'doi', value: row.doi }],
      hasThumbnail: row.thumbnail !== null && isBelow(row.thumbnail, dataRoots),
      fileCount: row.files,
      ...known({
        description: row.description,
        sample: row.sample,
        start: row.start,
        end: row.end,
        path:
          row.path !== null && isBelow(row.path, dataRoots) ? row.path : null,
        bytes: row.bytes,
        online: row.online,
        license: row.license,
      }),
    }),
  );
}

/** The files of a dataset, by their paths. `null` if the experiment has no such dataset. */
export function filesOf(
  database: DatabaseSync,
  experiment: string,
  dataset: string,
  query: PartQuery,
  { dataRoots }: Telling,
): AdapterPage<DataFile> | null {
  const found = database
    .prepare(
      `select e.data_path as folder from dataset d join experiment e on e.id = d.experiment_id
       where d.id = ? and d.experiment_id = ?`,
    )
    .get(dataset, experiment);
  if (!found) {
    return null;
  }
  const folder = found['folder'];
  const shown = typeof folder === 'string' && isBelow(folder, dataRoots);
  return page(
    database,
    { rows: FILES, count: COUNT_FILES, row: FileRow },
    { of: dataset, first: '', cursor: z.string(), query },
    ({ path }) => path,
    ({ path, bytes, modified }) => {
      const name = path.split('/').at(-1) ?? path;
      return {
        name,
        relPath: path,
        kind: fileKind(name),
        ...(shown && { path: `${folder}/${path}` }),
        ...known({ bytes, modified }),
      };
    },
  );
}

function page<R, T, C extends string | number>(
  database: DatabaseSync,
  sql: { rows: string; count: string; row: z.ZodMiniType<R> },
  asked: { of: string; first: C; cursor: z.ZodMiniType<C>; query: PartQuery },
  placeOf: (row: R) => C,
  toItem: (row: R) => T,
): AdapterPage<T> {
  const { text = '', limit = DEFAULT_LIMIT, cursor } = asked.query;
  const which = { $of: asked.of, $text: fold(text.trim()) };
  const after =
    cursor === undefined ? asked.first : readCursor(asked.cursor, cursor);
  const rows = z
    .array(sql.row)
    .parse(
      database
        .prepare(sql.rows)
        .all({ ...which, $after: after, $limit: limit + 1 }),
    );
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  const total = database.prepare(sql.count).get(which)?.['total'];
  return {
    items: rows.slice(0, limit).map(toItem),
    total: Number(total),
    ...(last !== undefined && { next: writeCursor(placeOf(last)) }),
  };
}

const Technique = z.object({ name: z.string(), pid: Text });

function techniquesOf(database: DatabaseSync, dataset: string) {
  return z
    .array(Technique)
    .parse(
      database
        .prepare(
          'select name, pid from dataset_technique where dataset_id = ? order by rowid',
        )
        .all(dataset),
    )
    .map(({ name, pid }) => ({ name, ...known({ pid }) }));
}
