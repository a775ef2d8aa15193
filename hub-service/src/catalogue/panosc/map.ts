import { posix } from 'node:path';
import {
  type DataFile,
  type Dataset,
  type Experiment,
  fileKind,
} from '@beamtime/contract';
import { readRows } from '../http/rows.js';
import { type Places, relative } from '../remote/places.js';
import { instant } from '../remote/values.js';
import { type Document, PanoscDataset, type PanoscFile } from './records.js';

/** Open data, which comes without its people. */
export function toExperiment(
  document: Document,
  places: Places,
  source: string,
): Experiment {
  const { pid, summary, license } = document;
  const datasets = datasetsOf(document).items;
  const instrument = datasets.find((one) => one.instrument)?.instrument;
  const doi = document.doi ?? (isDoi(pid) ? pid : undefined);
  const start = instant(document.startDate);
  const end = instant(document.endDate);
  const releaseAt = instant(document.releaseDate);
  const name = instrument?.name ?? '';
  const known = { id: pid, proposal: pid, instrument: name, doi, start };
  const url = places.portal(known) ?? (doi && `https://doi.org/${doi}`);
  const dataPath = places.dataPath(known);
  return {
    ref: { source, id: pid },
    proposal: pid,
    title: document.title,
    instrument: {
      name,
      ...(instrument?.facility && {
        fullName: `${name}, ${instrument.facility}`,
      }),
    },
    visibility: 'public',
    people: [],
    pids: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
    ...(summary && { abstract: summary }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(releaseAt !== undefined && { releaseAt }),
    ...(license && { license }),
    ...(url && { url }),
    ...(dataPath !== undefined && { dataPath }),
    ...(document.datasets && { datasetCount: document.datasets.length }),
  };
}

/** The datasets that came with a document. */
export function datasetsOf({ datasets }: Document) {
  return readRows(datasets ?? [], PanoscDataset, (row) => row);
}

export function toDataset(row: PanoscDataset, source: string): Dataset {
  const { pid, title, size } = row;
  const sample = (row.samples ?? []).flatMap((one) => one.name ?? []);
  const start = instant(row.creationDate);
  return {
    ref: { source, id: pid },
    name: title ?? pid,
    type: 'other',
    techniques: (row.techniques ?? []).map(({ name, panetId }) => ({
      name,
      ...(panetId && { pid: panetId }),
    })),
    pids: [{ scheme: isDoi(pid) ? 'doi' : 'handle', value: pid }],
    hasThumbnail: false,
    ...(sample.length > 0 && { sample: sample.join(', ') }),
    ...(start !== undefined && { start }),
    ...(typeof size === 'number' && size > 0 && { bytes: Math.round(size) }),
  };
}

/** @param dataPath - the experiment's folder here. */
export function toFile(
  { name, path, size }: PanoscFile,
  dataPath: string | undefined,
  places: Places,
): DataFile {
  // Some give the folder as the path, some the file itself.
  const whole =
    path && posix.basename(path) !== name ? `${path}/${name}` : path;
  const here = places.path(whole);
  const relPath = here && dataPath && relative(here, dataPath);
  return {
    name,
    kind: fileKind(name),
    ...(here !== undefined && { path: here }),
    ...(relPath && { relPath }),
    ...(typeof size === 'number' && { bytes: Math.round(size) }),
  };
}

/** Handles look alike: `20.500.12269/…`. */
const isDoi = (pid: string) => /^10\.\d{4,}\//.test(pid);
