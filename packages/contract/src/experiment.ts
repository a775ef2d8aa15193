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
  role: PersonRole,
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
  url: z.optional(z.string()),
  /** Absolute POSIX path of the experiment's folder, which holds `raw` and `processed`. */
  dataPath: z.optional(z.string().check(z.startsWith('/'))),
  datasetCount: z.optional(z.int()),
  /** Size of the data in bytes. */
  bytes: z.optional(z.int()),
});
export type Experiment = z.infer<typeof Experiment>;

export const DataFile = z.object({
  name: z.string(),
  /** Path below the experiment's folder, for instance `raw/scan_0001.nxs`. */
  relPath: z.string(),
  bytes: z.optional(z.int()),
});
export type DataFile = z.infer<typeof DataFile>;

export const Dataset = z.object({
  ref: Ref,
  name: z.string(),
  description: z.optional(z.string()),
  sample: z.optional(z.string()),
  technique: z.optional(z.string()),
  start: z.optional(z.string()),
  bytes: z.optional(z.int()),
  files: z.array(DataFile),
});
export type Dataset = z.infer<typeof Dataset>;

/** A source that could not be asked, and why, for the person. */
export const SourceProblem = z.object({
  source: z.string(),
  message: z.string(),
});
export type SourceProblem = z.infer<typeof SourceProblem>;

/** Part of a list. `next` is the cursor of the following part, absent on the last one. */
export const ExperimentPage = z.object({
  items: z.array(Experiment),
  next: z.optional(z.string()),
  total: z.optional(z.int()),
  /** When the sources were asked, ISO 8601. */
  asOf: z.string(),
  /** Sources that are missing from `items`. */
  problems: z.array(SourceProblem),
});
export type ExperimentPage = z.infer<typeof ExperimentPage>;

export const DatasetPage = z.object({
  items: z.array(Dataset),
  next: z.optional(z.string()),
  asOf: z.string(),
});
export type DatasetPage = z.infer<typeof DatasetPage>;

/** What a list of experiments is asked for. */
export const ExperimentQuery = z.object({
  text: z.optional(z.string().check(z.maxLength(200))),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(200))),
  cursor: z.optional(z.string()),
});
export type ExperimentQuery = z.infer<typeof ExperimentQuery>;

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
 * no quoting in a shell or URL.
 */
export function experimentSlug(
  experiment: Pick<Experiment, 'proposal' | 'instrument' | 'visit'>,
): string {
  return [experiment.proposal, experiment.instrument.name, experiment.visit]
    .filter((part) => part !== undefined && part !== '')
    .map((part) =>
      String(part)
        .normalize('NFKD')
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[-.]+|[-.]+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-');
}

/** An experiment as a session sees it: what `BEAMTIME_EXPERIMENTS` holds, as a JSON list. */
export const SessionExperiment = z.object({
  key: z.string(),
  slug: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)),
  title: z.string(),
  dataPath: z.string().check(z.startsWith('/')),
});
export type SessionExperiment = z.infer<typeof SessionExperiment>;
