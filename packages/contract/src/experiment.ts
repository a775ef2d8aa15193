import * as z from 'zod/mini';

/** Where a record comes from: the source's configured name and the source's own key. */
export const Ref = z.object({ source: z.string(), id: z.string() });
export type Ref = z.infer<typeof Ref>;

/** A persistent identifier. */
export const Pid = z.object({
  scheme: z.enum(['doi', 'handle', 'orcid', 'ror', 'umbrella', 'local', 'url']),
  value: z.string(),
});
export type Pid = z.infer<typeof Pid>;

export const PersonRole = z.enum([
  'pi',
  'co-proposer',
  'member',
  'local-contact',
]);
export type PersonRole = z.infer<typeof PersonRole>;

export const Person = z.object({
  name: z.string(),
  login: z.optional(z.string()),
  email: z.optional(z.string()),
  affiliation: z.optional(z.string()),
  /** ROR of the affiliation, `https://ror.org/…`. */
  affiliationRor: z.optional(z.string()),
  role: PersonRole,
  /** The catalogue's own word for the role, where it says more than `role`. */
  roleLabel: z.optional(z.string()),
  pids: z.array(Pid),
});
export type Person = z.infer<typeof Person>;

/** Why the caller may see the experiment. */
export const Visibility = z.enum(['member', 'staff', 'public']);
export type Visibility = z.infer<typeof Visibility>;

/** One visit of a team to an instrument, as the catalogue names it. */
export const Experiment = z.object({
  ref: Ref,
  /** The proposal's number as people write it, for instance `MA-5127`. */
  proposal: z.string().check(z.minLength(1)),
  visit: z.optional(z.string()),
  /** The facility's run, for instance `2026-1`. */
  cycle: z.optional(z.string()),
  title: z.string(),
  abstract: z.optional(z.string()),
  instrument: z.object({
    name: z.string(),
    fullName: z.optional(z.string()),
  }),
  /** ISO 8601 instants; absent when the catalogue does not know. */
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  /** End of the embargo, ISO 8601. */
  releaseAt: z.optional(z.string()),
  visibility: Visibility,
  people: z.array(Person),
  pids: z.array(Pid),
  /** SPDX identifier or URL. */
  license: z.optional(z.string()),
  /** The experiment in the catalogue's own portal. */
  url: z.optional(z.string()),
  /** Absolute POSIX path of the experiment's folder, which holds `raw` and `processed`. */
  dataPath: z.optional(z.string().check(z.startsWith('/'))),
  datasetCount: z.optional(z.int()),
  /** Size of the data in bytes. */
  bytes: z.optional(z.int()),
});
export type Experiment = z.infer<typeof Experiment>;

/** What a file is opened with. */
export const FileKind = z.enum(['hdf5', 'notebook', 'other']);
export type FileKind = z.infer<typeof FileKind>;

export const DataFile = z.object({
  name: z.string(),
  /** Path below the experiment's folder, `raw/scan_0001.nxs`; absent if it does not lie there. */
  relPath: z.optional(z.string()),
  /** Absolute POSIX path, where the catalogue knows it. */
  path: z.optional(z.string()),
  bytes: z.optional(z.int()),
  /** ISO 8601. */
  modified: z.optional(z.string()),
  kind: FileKind,
});
export type DataFile = z.infer<typeof DataFile>;

/** An experimental technique; `pid` is its PaNET IRI. */
export const Technique = z.object({
  name: z.string(),
  pid: z.optional(z.string()),
});
export type Technique = z.infer<typeof Technique>;

export const Dataset = z.object({
  ref: Ref,
  name: z.string(),
  description: z.optional(z.string()),
  type: z.enum(['raw', 'processed', 'other']),
  sample: z.optional(z.string()),
  techniques: z.array(Technique),
  start: z.optional(z.string()),
  end: z.optional(z.string()),
  /** Absolute POSIX path of its folder. */
  path: z.optional(z.string()),
  bytes: z.optional(z.int()),
  fileCount: z.optional(z.int()),
  /** Whether the files are on disk; absent where the catalogue does not know. */
  online: z.optional(z.enum(['online', 'archived', 'restoring'])),
  pids: z.array(Pid),
  license: z.optional(z.string()),
  hasThumbnail: z.boolean(),
});
export type Dataset = z.infer<typeof Dataset>;

/** A source that could not be asked, or not wholly, and why. */
export const SourceProblem = z.object({
  source: z.string(),
  /** The source's name for people. */
  label: z.string(),
  kind: z.enum([
    'signed-out',
    'forbidden',
    'timeout',
    'unavailable',
    'too-large',
    'not-understood',
    'rows-left-out',
    'unsupported',
  ]),
  /** For the person: what is missing, and what can be done; not when, which `since` tells. */
  message: z.string(),
  /** When it began, ISO 8601. */
  since: z.string(),
  /** When the rows that are shown instead were true, ISO 8601; absent if there are none. */
  shownAsOf: z.optional(z.string()),
});
export type SourceProblem = z.infer<typeof SourceProblem>;

/** What every part of a list has. `next` is the cursor of the following part, absent on the last. */
const page = {
  next: z.optional(z.string()),
  total: z.optional(z.int()),
  /** When the sources were asked, ISO 8601. */
  asOf: z.string(),
  /** Sources that are missing from the items, wholly or in part. */
  problems: z.array(SourceProblem),
};

export const ExperimentPage = z.object({ items: z.array(Experiment), ...page });
export type ExperimentPage = z.infer<typeof ExperimentPage>;

export const DatasetPage = z.object({ items: z.array(Dataset), ...page });
export type DatasetPage = z.infer<typeof DatasetPage>;

export const FilePage = z.object({ items: z.array(DataFile), ...page });
export type FilePage = z.infer<typeof FilePage>;

/** What a list can be narrowed to: the values of the filters. */
export const Filters = z.object({
  instruments: z.array(
    z.object({ name: z.string(), fullName: z.optional(z.string()) }),
  ),
  /** The facility's runs, newest first; empty where no source knows them. */
  cycles: z.array(z.string()),
  /** Calendar years with experiments, newest first; empty where no source knows them. */
  years: z.array(z.int()),
  problems: z.array(SourceProblem),
});
export type Filters = z.infer<typeof Filters>;

/** Whose experiments: all that one may see, one's own, those of one's instruments, by embargo. */
export const Scope = z.enum([
  'all',
  'mine',
  'instrument',
  'embargoed',
  'public',
]);
export type Scope = z.infer<typeof Scope>;

/** What a list of experiments is asked for. */
export const ExperimentQuery = z.object({
  text: z.optional(z.string().check(z.maxLength(200))),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(200))),
  cursor: z.optional(z.string()),
  scope: z.optional(Scope),
  /** Names of instruments, any of them. */
  instruments: z.optional(z.array(z.string()).check(z.maxLength(20))),
  cycle: z.optional(z.string()),
  /** The experiment began on this day or later, `YYYY-MM-DD`. */
  from: z.optional(z.iso.date()),
  /** The experiment began on this day or earlier, `YYYY-MM-DD`. */
  to: z.optional(z.iso.date()),
  /** Default `start`. Text is sorted without regard to case and accents. */
  sort: z.optional(z.enum(['start', 'proposal', 'title'])),
  /** Default: newest first, text from A. */
  order: z.optional(z.enum(['asc', 'desc'])),
});
export type ExperimentQuery = z.infer<typeof ExperimentQuery>;

/** What a list of datasets or files is asked for. */
export const PartQuery = z.object({
  text: z.optional(z.string().check(z.maxLength(200))),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(200))),
  cursor: z.optional(z.string()),
});
export type PartQuery = z.infer<typeof PartQuery>;

/** The experiments that a person has marked, and those opened last (newest first), by key. */
export const Bookmarks = z.object({
  favourites: z.array(z.string()),
  recent: z.array(z.string()),
});
export type Bookmarks = z.infer<typeof Bookmarks>;

/**
 * What a client of `events` hears, as the data of an event `changed`: it should ask again for the
 * experiments and filters, or for the person's bookmarks.
 */
export const Changed = z.object({ what: z.enum(['catalogue', 'bookmarks']) });
export type Changed = z.infer<typeof Changed>;

/** Where a link to data leads: see the service's `open`. */
export const OpenTarget = z.object({
  experiment: Experiment,
  /** File below the experiment's folder. */
  relPath: z.optional(z.string()),
  /** Path in the HDF5 file. */
  path: z.optional(z.string()),
});
export type OpenTarget = z.infer<typeof OpenTarget>;

/** What a file is opened with, by its name. */
export function fileKind(name: string): FileKind {
  const [, ending = ''] = /\.([a-z0-9]+)$/i.exec(name) ?? [];
  return /^(h5|hdf5?|nxs|nx|nexus|cxi|nc4?)$/i.test(ending)
    ? 'hdf5'
    : ending.toLowerCase() === 'ipynb'
      ? 'notebook'
      : 'other';
}

/** The one-line key of an experiment in URLs, forms and user options: `source:id`. */
export function experimentKey(ref: Ref): string {
  return `${ref.source}:${ref.id}`;
}

/** The inverse of {@link experimentKey}; `null` if the key is not one. */
export function parseExperimentKey(key: string): Ref | null {
  const colon = key.indexOf(':');
  return colon > 0 && colon < key.length - 1
    ? { source: key.slice(0, colon), id: key.slice(colon + 1) }
    : null;
}

/**
 * Name of an experiment's folder below `Experiments/` in a session:
 * proposal, instrument and, where there is one, visit, in characters that need
 * no quoting in a shell or URL. It begins with a letter or digit; `experiment` where no part
 * has any.
 */
export function experimentSlug(
  experiment: Pick<Experiment, 'proposal' | 'instrument' | 'visit'>,
): string {
  const slug = [
    experiment.proposal,
    experiment.instrument.name,
    experiment.visit ?? '',
  ]
    .map((part) =>
      part
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[-._]+|[-._]+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-');
  return slug === '' ? 'experiment' : slug;
}

/** An experiment as a session sees it: what `BEAMTIME_EXPERIMENTS` holds, as a JSON list. */
export const SessionExperiment = z.object({
  key: z.string(),
  slug: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)),
  title: z.string(),
  dataPath: z.string().check(z.startsWith('/')),
});
export type SessionExperiment = z.infer<typeof SessionExperiment>;
