import type { ExperimentQuery, PartQuery } from '@beamtime/contract';
import * as z from 'zod/mini';
import { and, contains } from './jpql.js';
import type { SortBy } from './keyset.js';
import type { ListQuery, RowPlace } from './paging.js';
import { DatafileRow, DatasetRow, InvestigationRow } from './records.js';

const DEFAULT_LIMIT = 50;

const INSTRUMENT = 'i.investigationInstruments.instrument';
const CYCLE = 'i.investigationFacilityCycles.facilityCycle';
const TEAM = 'i.investigationUsers.user';

/** What comes with one experiment: a path that leads on names each step on the way. */
export const WITH_ONE = [
  `${INSTRUMENT}.instrumentScientists.user`,
  CYCLE,
  TEAM,
];

type List<S extends z.ZodMiniType> = Omit<ListQuery<S>, 'label'>;

/** @param withTeam - nobody is told who was there. */
export function experimentList(
  query: ExperimentQuery,
  where: string | null,
  withTeam: boolean,
): List<typeof InvestigationRow> {
  const { sort = 'start', order = sort === 'start' ? 'desc' : 'asc' } = query;
  const field = { start: 'startDate', proposal: 'name', title: 'title' }[sort];
  return {
    select: 'i',
    counted: 'i',
    from: 'Investigation i',
    where,
    include: withTeam ? [INSTRUMENT, CYCLE, TEAM] : [INSTRUMENT, CYCLE],
    idPath: 'i.id',
    sort: {
      by: sort === 'start' ? 'start' : 'text',
      path: `i.${field}`,
      descending: order === 'desc',
    },
    limit: query.limit ?? DEFAULT_LIMIT,
    cursor: query.cursor,
    schema: InvestigationRow,
    place: placeIn('Investigation', field),
  };
}

export function datasetList(
  investigation: number,
  { text = '', limit = DEFAULT_LIMIT, cursor }: PartQuery,
  withParameters: boolean,
): List<typeof DatasetRow> {
  return {
    select: 'd',
    counted: 'd',
    from: 'Dataset d',
    where: and(`d.investigation.id = ${investigation}`, named('d.name', text)),
    include: [
      'd.type',
      'd.sample',
      'd.datasetTechniques.technique',
      ...(withParameters ? ['d.parameters.type'] : []),
    ],
    idPath: 'd.id',
    sort: { by: 'start', path: 'd.startDate', descending: true },
    limit,
    cursor,
    schema: DatasetRow,
    place: placeIn('Dataset', 'startDate'),
  };
}

/** Only the columns that are shown, so that a thousand files are a small answer. */
export function fileList(
  dataset: number,
  { text = '', limit = DEFAULT_LIMIT, cursor }: PartQuery,
): List<typeof DatafileRow> {
  const sort: SortBy = { by: 'text', path: 'f.name', descending: false };
  const Place = z.tuple([z.int(), z.string()], z.unknown());
  return {
    select: 'f.id, f.name, f.location, f.fileSize, f.datafileModTime',
    counted: 'f',
    from: 'Datafile f',
    where: and(`f.dataset.id = ${dataset}`, named('f.name', text)),
    include: [],
    idPath: 'f.id',
    sort,
    limit,
    cursor,
    schema: DatafileRow,
    place: (row) => {
      const { data: [id, value] = [] } = Place.safeParse(row);
      return id === undefined || value === undefined ? null : { id, value };
    },
  };
}

/** Reads as little of a row as tells its place. */
function placeIn(
  entity: string,
  field: string,
): (row: unknown) => RowPlace | null {
  const Place = z.object({
    [entity]: z.looseObject({ id: z.int() }),
  });
  const Value = z.record(z.string(), z.unknown());
  return (row) => {
    const place = Place.safeParse(row).data?.[entity];
    if (!place) {
      return null;
    }
    const value = Value.parse(place)[field];
    return { id: place.id, value: typeof value === 'string' ? value : null };
  };
}

function named(path: string, text: string): string | null {
  return text.trim() === '' ? null : contains(path, text.trim());
}
