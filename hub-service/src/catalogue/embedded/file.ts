import { PersonRole } from '@beamtime/contract';
import * as z from 'zod/mini';
import { describeIssues } from '../../refusal.js';

/** ISO 8601, given back in UTC. A time without a zone is taken as UTC, a date as its midnight. */
const Instant = z.pipe(
  z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()]),
  z.transform((text) =>
    new Date(
      /Z$|[+-]\d\d:\d\d$/.test(text) || !text.includes('T') ? text : `${text}Z`,
    ).toISOString(),
  ),
);
const Name = z.string().check(z.minLength(1), z.maxLength(500));
/** What may stand in a key, see the contract's `SessionRequest`. */
const Id = z
  .string()
  .check(z.maxLength(180), z.regex(/^[ -~\u00a1-\u1fff\u2c00-\ud7ff]+$/));
const Login = z.string().check(z.minLength(1), z.maxLength(200));
const Bytes = z.int().check(z.minimum(0));
const RelativePath = z
  .string()
  .check(
    z.refine(
      (path) =>
        path !== '' &&
        !path.startsWith('/') &&
        !path.includes('\0') &&
        !path.split('/').includes('..'),
      'expected a path below the experiment’s folder',
    ),
  );

const EmbeddedPerson = z.object({
  login: z.optional(Login),
  name: Name,
  role: PersonRole,
  email: z.optional(z.string()),
  affiliation: z.optional(z.string()),
  orcid: z.optional(z.string()),
});

/** An experiment as the file has it; its datasets are read one by one. */
export const EmbeddedExperiment = z.object({
  id: Id,
  proposal: Name,
  visit: z.optional(z.string()),
  title: z.string(),
  abstract: z.optional(z.string()),
  instrument: Name,
  start: z.optional(Instant),
  end: z.optional(Instant),
  releaseAt: z.optional(Instant),
  dataPath: z.optional(z.string().check(z.startsWith('/'))),
  url: z.optional(z.url({ protocol: /^https?$/ })),
  doi: z.optional(z.string()),
  team: z._default(z.array(EmbeddedPerson), []),
});
export type EmbeddedExperiment = z.infer<typeof EmbeddedExperiment>;

export const EmbeddedDataset = z.object({
  id: Id,
  name: z.string(),
  description: z.optional(z.string()),
  sample: z.optional(z.string()),
  technique: z.optional(z.string()),
  start: z.optional(Instant),
  bytes: z.optional(Bytes),
  files: z._default(
    z.array(z.object({ relPath: RelativePath, bytes: z.optional(Bytes) })),
    [],
  ),
});
export type EmbeddedDataset = z.infer<typeof EmbeddedDataset>;

const EmbeddedInstrument = z.object({
  name: Name,
  fullName: z.optional(z.string()),
  scientists: z._default(z.array(Login), []),
});
export type EmbeddedInstrument = z.infer<typeof EmbeddedInstrument>;

const Outline = z.object({
  instruments: z._default(z.array(z.unknown()), []),
  experiments: z.array(z.unknown()),
});
const WithDatasets = z.object({
  datasets: z._default(z.array(z.unknown()), []),
});

/** What a catalogue file holds, as far as it is sound. */
export interface EmbeddedFile {
  instruments: ReadonlyMap<string, EmbeddedInstrument>;
  experiments: {
    experiment: EmbeddedExperiment;
    datasets: EmbeddedDataset[];
  }[];
  /** Rows that are left out: where, and why. */
  faults: string[];
}

/**
 * Reads a catalogue file row by row: a faulty row is left out and named, the rest counts.
 *
 * @throws {Error} with a sentence if it is no catalogue file at all.
 */
export function readEmbeddedFile(text: string): EmbeddedFile {
  const outline = Outline.safeParse(JSON.parse(text));
  if (!outline.success) {
    throw new Error(describeIssues(outline.error));
  }
  const faults: string[] = [];
  const rows = <S extends z.ZodMiniType>(
    schema: S,
    values: readonly unknown[],
    place: string,
  ): { row: z.output<S>; value: unknown; place: string }[] =>
    values.flatMap((value, index) => {
      const parsed = schema.safeParse(value);
      const where = `${place}[${index}]`;
      if (parsed.success) {
        return [{ row: parsed.data, value, place: where }];
      }
      faults.push(`${where}: ${describeIssues(parsed.error)}`);
      return [];
    });

  const instruments = new Map(
    rows(EmbeddedInstrument, outline.data.instruments, 'instruments').map(
      ({ row }) => [row.name, row],
    ),
  );
  const seen = new Set<string>();
  const experiments = rows(
    EmbeddedExperiment,
    outline.data.experiments,
    'experiments',
  ).flatMap(({ row: experiment, value, place }) => {
    if (seen.has(experiment.id)) {
      faults.push(`${place}: the id ${experiment.id} is there twice.`);
      return [];
    }
    seen.add(experiment.id);
    const own = WithDatasets.safeParse(value);
    if (!own.success) {
      faults.push(`${place}: ${describeIssues(own.error)}`);
    }
    const datasets = rows(
      EmbeddedDataset,
      own.success ? own.data.datasets : [],
      `${place}.datasets`,
    ).map(({ row }) => row);
    return [{ experiment, datasets }];
  });
  return { instruments, experiments, faults };
}
