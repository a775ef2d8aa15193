import { DataFile, Dataset, Experiment, fileKind } from '@beamtime/contract';
import * as z from 'zod/mini';
import type {
  EmbeddedDataset,
  EmbeddedExperiment,
  EmbeddedInstrument,
} from './file.js';

/** The name of this source in keys and problems. */
export const SOURCE = 'embedded';

/** An experiment as it is stored: all but what depends on who looks. */
export const StoredExperiment = z.omit(Experiment, { visibility: true });
export type StoredExperiment = z.infer<typeof StoredExperiment>;

/** A dataset as it is stored, its files with it. */
export const StoredDataset = z.extend(Dataset, { files: z.array(DataFile) });
export type StoredDataset = z.infer<typeof StoredDataset>;

export function toStored(
  row: EmbeddedExperiment,
  instrument: EmbeddedInstrument | undefined,
  datasets: readonly StoredDataset[],
): StoredExperiment {
  const { id, doi, team, instrument: name, ...same } = row;
  return {
    ...same,
    ref: { source: SOURCE, id },
    instrument: { name, fullName: instrument?.fullName },
    people: team.map(({ orcid, ...person }) => ({
      ...person,
      pids:
        orcid === undefined ? [] : [{ scheme: 'orcid' as const, value: orcid }],
    })),
    pids: doi === undefined ? [] : [{ scheme: 'doi' as const, value: doi }],
    datasetCount: datasets.length,
    bytes: sum(datasets.map(({ bytes }) => bytes)),
  };
}

export function toDataset(
  experiment: string,
  row: EmbeddedDataset,
): StoredDataset {
  const files = row.files.map((file) => {
    const name = file.relPath.split('/').at(-1) ?? file.relPath;
    return { name, kind: fileKind(name), ...file };
  });
  const { technique, ...same } = row;
  return {
    ...same,
    type: 'raw',
    techniques: technique === undefined ? [] : [{ name: technique }],
    pids: [],
    hasThumbnail: false,
    fileCount: files.length,
    ref: { source: SOURCE, id: `${experiment}/${row.id}` },
    bytes: row.bytes ?? sum(files.map(({ bytes }) => bytes)),
    files,
  };
}

/** The sum of those that are known; `undefined` if none is. */
function sum(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0
    ? undefined
    : known.reduce((total, size) => total + size, 0);
}

/** The words by which an experiment is found; `people` apart, see the tables. */
export function searchText(
  stored: StoredExperiment,
  datasets: readonly StoredDataset[],
): { open: string; people: string } {
  const words = (parts: readonly (string | undefined)[]) =>
    parts.filter((part) => part !== undefined && part !== '').join(' ');
  return {
    open: words([
      stored.proposal,
      // `MA5127` finds MA-5127.
      stored.proposal.replace(/[^\p{L}\p{N}]+/gu, ''),
      stored.title,
      stored.abstract,
      stored.instrument.name,
      stored.instrument.fullName,
      ...stored.pids.map(({ value }) => value),
      ...datasets.flatMap(({ name, sample, techniques }) => [
        name,
        sample,
        ...techniques.map((technique) => technique.name),
      ]),
    ]),
    people: words(
      stored.people.flatMap(({ name, login, affiliation }) => [
        name,
        login,
        affiliation,
      ]),
    ),
  };
}
