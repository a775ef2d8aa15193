import {
  type DataFile,
  type Dataset,
  type Experiment,
  fileKind,
  type Visibility,
} from '@beamtime/contract';
import type * as z from 'zod/mini';
import { datasetType, doiOf, given, instant } from '../remote/values.js';
import { type CatalogueUser, toPeople } from '../remote/people.js';
import { type Known, type Places, relative } from '../remote/places.js';
import type {
  Datafile,
  Investigation,
  PlusDataset,
  PlusUser,
} from './records.js';

/** Of which source, and where its data lies. */
export interface Site {
  source: string;
  places: Places;
}

export function toExperiment(
  row: Investigation,
  visibility: Visibility,
  { source, places }: Site,
): Experiment {
  const known: Known = {
    id: String(row.id),
    proposal: row.name,
    visit: row.visitId ?? undefined,
    instrument: row.instrument?.name ?? '',
    doi: doiOf(row.doi ?? undefined),
    start: row.startDate ?? undefined,
  };
  const team = (row.investigationUsers ?? []).map(({ role, user }) => ({
    role: role ?? '',
    ...(user && { user: toUser(user) }),
  }));
  return {
    ref: { source, id: known.id },
    proposal: row.name,
    title: row.title ?? '',
    instrument: { name: known.instrument },
    visibility,
    people: visibility === 'public' ? [] : toPeople(team),
    pids: known.doi === undefined ? [] : [{ scheme: 'doi', value: known.doi }],
    ...given('visit', known.visit),
    ...given('abstract', row.summary ?? undefined),
    ...given('start', date(row.startDate)),
    ...given('end', date(row.endDate)),
    ...given('releaseAt', date(row.releaseDate)),
    ...given('url', places.portal(known)),
    ...given('dataPath', places.dataPath(known)),
  };
}

/** @param status - ICAT+'s word for where its files are. */
export function toDataset(
  row: PlusDataset,
  status: string | undefined,
  { source, places }: Site,
): Dataset {
  const parameter = (name: string) =>
    row.parameters?.find((one) => one.name === name)?.value;
  const doi = doiOf(text(parameter('doi')));
  return {
    ref: { source, id: String(row.id) },
    name: row.name,
    type: datasetType(row.type ?? ''),
    techniques: (row.techniques ?? []).map(({ name, pid }) => ({
      name,
      ...given('pid', pid ?? undefined),
    })),
    pids: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
    hasThumbnail: false,
    ...given('description', text(parameter('Sample_description'))),
    ...given('sample', row.sampleName ?? undefined),
    ...given('start', date(row.startDate)),
    ...given('end', date(row.endDate)),
    ...given('path', places.path(row.location)),
    ...given('bytes', count(parameter('__volume'))),
    ...given('fileCount', count(parameter('__fileCount'))),
    ...given('online', toOnline(status)),
  };
}

export function toFile(
  { Datafile: row }: z.output<typeof Datafile>,
  places: Places,
  dataPath: string | undefined,
): DataFile {
  const path = places.path(row.location);
  // A name may begin with a slash, or be left out.
  const full = row.name ?? row.location ?? String(row.id);
  const name = full.slice(full.lastIndexOf('/') + 1) || full;
  return {
    name,
    kind: fileKind(name),
    ...given('path', path),
    ...given(
      'relPath',
      path === undefined || dataPath === undefined
        ? undefined
        : relative(path, dataPath),
    ),
    ...given('bytes', row.fileSize ?? undefined),
    ...given('modified', date(row.modTime)),
  };
}

/** Without `null`, which is how ICAT+ says that it does not know. */
export function toUser(user: PlusUser): CatalogueUser {
  const { name, fullName, givenName, familyName } = user;
  const { email, orcidId, affiliation } = user;
  return {
    name,
    fullName: fullName ?? undefined,
    givenName: givenName ?? undefined,
    familyName: familyName ?? undefined,
    email: email ?? undefined,
    orcidId: orcidId ?? undefined,
    affiliation: affiliation ?? undefined,
  };
}

function toOnline(status = ''): Dataset['online'] {
  switch (status.toUpperCase()) {
    case 'ONLINE':
      return 'online';
    case 'ARCHIVED':
      return 'archived';
    case 'RESTORING':
      return 'restoring';
    default:
      return undefined;
  }
}

/** Some dates come without a time zone: they are read as UTC, wherever the hub is. */
export function date(text: string | null | undefined): string | undefined {
  return instant(
    /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text ?? '')
      ? `${text}Z`
      : (text ?? undefined),
  );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Parameters are texts, also where they count. */
function count(value: unknown): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
