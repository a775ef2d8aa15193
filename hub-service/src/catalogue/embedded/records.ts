import type { DatabaseSync } from 'node:sqlite';
import type { Experiment, Visibility } from '@beamtime/contract';
import * as z from 'zod/mini';
import { isBelow } from './paths.js';
import { known, peopleOf } from './people.js';

const Text = z.nullable(z.string());
const Row = z.object({
  proposal: z.string(),
  visit: Text,
  cycle: Text,
  title: z.string(),
  abstract: Text,
  instrument: z.string(),
  full_name: Text,
  start: Text,
  end: Text,
  release_at: Text,
  doi: Text,
  license: Text,
  url: Text,
  data_path: Text,
  dataset_count: z.int(),
  bytes: z.nullable(z.int()),
});

const EXPERIMENT = `select p.identifier as proposal, e.visit, e.cycle,
    coalesce(e.title, p.title, p.identifier) as title, coalesce(e.summary, p.summary) as abstract,
    i.name as instrument, i.full_name, e.start_date as start, e.end_date as end, l.release_at,
    coalesce(e.doi, p.doi) as doi, p.license, coalesce(e.url, p.url) as url, e.data_path,
    l.dataset_count, l.bytes
  from experiment e join proposal p on p.id = e.proposal_id
  join instrument i on i.id = e.instrument_id join listing l on l.id = e.id where e.id = ?`;

/** What a record is told with. */
export interface Telling {
  source: string;
  /** A data path outside these folders is left out. */
  dataRoots: readonly string[];
  now: string;
}

/** The record of an experiment for a viewer who may see it for this reason. */
export function toExperiment(
  database: DatabaseSync,
  id: string,
  visibility: Visibility,
  { source, dataRoots, now }: Telling,
): Experiment {
  const row = Row.parse(database.prepare(EXPERIMENT).get(id));
  const { data_path: path } = row;
  return {
    ref: { source, id },
    proposal: row.proposal,
    title: row.title,
    instrument: {
      name: row.instrument,
      ...known({ fullName: row.full_name }),
    },
    ...known({
      visit: row.visit,
      cycle: row.cycle,
      abstract: row.abstract,
      start: row.start,
      end: row.end,
      releaseAt: row.release_at,
      license: row.license,
      url: row.url,
      dataPath: path !== null && isBelow(path, dataRoots) ? path : null,
      bytes: row.bytes,
    }),
    visibility,
    people: visibility === 'public' ? [] : peopleOf(database, id, now),
    pids: row.doi === null ? [] : [{ scheme: 'doi', value: row.doi }],
    datasetCount: row.dataset_count,
  };
}
