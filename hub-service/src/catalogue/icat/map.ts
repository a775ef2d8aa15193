import {
  type DataFile,
  type Dataset,
  type Experiment,
  fileKind,
  type Visibility,
} from '@beamtime/contract';
import type * as z from 'zod/mini';
import { toPeople } from '../remote/people.js';
import { type Known, type Places, relative } from '../remote/places.js';
import { datasetType, doiOf, given, instant } from '../remote/values.js';
import type {
  DatafileRow,
  DatasetEntity,
  Investigation,
  Parameter,
} from './records.js';

export interface MapOptions {
  source: string;
  places: Places;
  datasetParameters: readonly string[];
}

export function toExperiment(
  row: Investigation,
  visibility: Visibility,
  { source, places }: MapOptions,
): Experiment {
  const { instrument } = row.investigationInstruments[0] ?? {};
  const { facilityCycle } = row.investigationFacilityCycles[0] ?? {};
  const known: Known = {
    id: String(row.id),
    proposal: row.name,
    visit: row.visitId,
    instrument: instrument?.name ?? '',
    cycle: facilityCycle?.name,
    doi: doiOf(row.doi),
    start: row.startDate,
  };
  return {
    ref: { source, id: known.id },
    proposal: row.name,
    title: row.title,
    instrument: {
      name: known.instrument,
      ...given('fullName', instrument?.fullName),
    },
    visibility,
    people: visibility === 'public' ? [] : peopleOf(row),
    pids: known.doi === undefined ? [] : [{ scheme: 'doi', value: known.doi }],
    ...given('visit', row.visitId),
    ...given('cycle', known.cycle),
    ...given('abstract', row.summary),
    ...given('start', instant(row.startDate)),
    ...given('end', instant(row.endDate)),
    ...given('releaseAt', instant(row.releaseDate)),
    ...given('url', places.portal(known)),
    ...given('dataPath', places.dataPath(known)),
    ...given('bytes', count(row.fileSize)),
  };
}

export function toDataset(
  row: DatasetEntity,
  { source, places, datasetParameters }: MapOptions,
): Dataset {
  const shown = row.parameters.filter(({ type }) =>
    datasetParameters.includes(type?.name ?? ''),
  );
  const description = [row.description, ...shown.map(parameterText)]
    .filter((part) => part !== undefined && part !== '')
    .join('; ');
  const doi = doiOf(row.doi);
  return {
    ref: { source, id: String(row.id) },
    name: row.name,
    type: datasetType(row.type?.name ?? ''),
    techniques: row.datasetTechniques.flatMap(({ technique }) =>
      technique
        ? [{ name: technique.name, ...given('pid', technique.pid) }]
        : [],
    ),
    pids: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
    hasThumbnail: false,
    ...given('description', description === '' ? undefined : description),
    ...given('sample', row.sample?.name),
    ...given('start', instant(row.startDate)),
    ...given('end', instant(row.endDate)),
    ...given('path', places.path(row.location)),
    ...given('bytes', count(row.fileSize)),
    ...given('fileCount', count(row.fileCount)),
  };
}

/**
 * @param folder - the dataset's, for locations that are relative.
 * @param dataPath - the experiment's.
 */
export function toFile(
  [, name, location, bytes, modified]: z.output<typeof DatafileRow>,
  places: Places,
  folder: string | undefined,
  dataPath: string | undefined,
): DataFile {
  const path = places.path(location, folder);
  return {
    // Some sites put the path into the name.
    name: name.slice(name.lastIndexOf('/') + 1) || name,
    kind: fileKind(name),
    ...given('path', path),
    ...given(
      'relPath',
      path === undefined || dataPath === undefined
        ? undefined
        : relative(path, dataPath),
    ),
    ...given('bytes', bytes ?? undefined),
    ...given('modified', instant(modified ?? undefined)),
  };
}

/** 0 is what ICAT gives when nobody counts. */
function count(number: number | undefined): number | undefined {
  return number === 0 ? undefined : number;
}

/** Where no one is named as local contact, the instrument's scientists are. */
function peopleOf(row: Investigation): Experiment['people'] {
  const people = toPeople(row.investigationUsers);
  if (people.some(({ role }) => role === 'local-contact')) {
    return people;
  }
  const scientists = row.investigationInstruments.flatMap(
    ({ instrument }) =>
      instrument?.instrumentScientists.map(({ user }) => ({
        role: 'Instrument scientist',
        user,
      })) ?? [],
  );
  return toPeople([...scientists, ...row.investigationUsers]);
}

function parameterText({
  type,
  stringValue,
  numericValue,
  dateTimeValue,
}: Parameter): string {
  const value = stringValue ?? numericValue ?? instant(dateTimeValue) ?? '';
  const units = type?.units ?? '';
  return `${type?.name}: ${value}${/^(|na|n\/a|none)$/i.test(units) ? '' : ` ${units}`}`;
}
