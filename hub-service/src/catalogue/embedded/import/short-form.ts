import { PersonRole } from '@beamtime/contract';
import * as z from 'zod/mini';
import { describeIssues } from '../../../refusal.js';
import { Unreadable } from './unreadable.js';
import { DataPath } from '../values.js';
import type { Staging } from './staging.js';

/** Checked here only as far as it is taken apart; the tables check the values. */
const Value = z.optional(z.nullable(z.union([z.string(), z.number()])));
const ShortPerson = z.object({
  login: z.optional(z.string()),
  name: z.string(),
  role: PersonRole,
  email: Value,
  affiliation: z.optional(z.string()),
  orcid: Value,
});
type ShortPerson = z.infer<typeof ShortPerson>;

const ShortExperiment = z.object({
  id: z.string(),
  proposal: z.string(),
  visit: Value,
  cycle: z.optional(z.string()),
  title: z.string(),
  abstract: Value,
  instrument: z.string(),
  start: Value,
  end: Value,
  releaseAt: Value,
  dataPath: Value,
  url: Value,
  doi: Value,
  team: z._default(z.array(ShortPerson), []),
  datasets: z._default(z.array(z.unknown()), []),
});
type ShortExperiment = z.infer<typeof ShortExperiment>;

const ShortDataset = z.object({
  id: z.string(),
  name: z.string(),
  description: Value,
  sample: z.optional(z.string()),
  technique: z.optional(z.string()),
  start: Value,
  bytes: Value,
  files: z._default(
    z.array(z.object({ relPath: z.string(), bytes: Value })),
    [],
  ),
});

const ShortInstrument = z.object({
  name: z.string(),
  fullName: Value,
  scientists: z._default(z.array(z.string()), []),
});

const Outline = z.object({
  instruments: z._default(z.array(z.unknown()), []),
  experiments: z.array(z.unknown()),
});

/** Reads the form in which every experiment has its team and data with it. */
export function readShortForm(
  file: string,
  content: unknown,
  staging: Staging,
): void {
  const outline = Outline.safeParse(content);
  if (!outline.success) {
    throw new Unreadable(
      `${file} is no catalogue: ${describeIssues(outline.error)}`,
    );
  }
  new ShortForm(file, staging).read(outline.data);
}

/** What was said before, so that a person or instrument of many experiments is one row. */
class ShortForm {
  private readonly said = new Set<string>();

  constructor(
    private readonly file: string,
    private readonly staging: Staging,
  ) {}

  read({ instruments, experiments }: z.infer<typeof Outline>): void {
    // People first: a scientist who is in a team has a name there.
    const parsed = experiments.flatMap((value, at) => {
      const place = `experiments[${String(at)}]`;
      const experiment = this.parse(ShortExperiment, value, place);
      return experiment ? [{ experiment, place }] : [];
    });
    for (const { experiment, place } of parsed) {
      experiment.team.forEach((person, at) => {
        this.person(person, `${place}.team[${String(at)}]`);
      });
    }
    instruments.forEach((value, at) => {
      const place = `instruments[${String(at)}]`;
      const instrument = this.parse(ShortInstrument, value, place);
      if (instrument) {
        this.instrument(instrument, place);
      }
    });
    for (const { experiment, place } of parsed) {
      this.experiment(experiment, place);
    }
  }

  private parse<S extends z.ZodMiniType>(
    schema: S,
    value: unknown,
    place: string,
  ): z.output<S> | null {
    const parsed = schema.safeParse(value);
    if (parsed.success) {
      return parsed.data;
    }
    this.staging.rows += 1;
    this.staging.reject(this.file, place, describeIssues(parsed.error));
    return null;
  }

  private add(table: string, row: object, place: string): void {
    this.staging.add(table, row, this.file, place);
  }

  /** As {@link add}, unless it was said before. */
  private once(table: string, id: string, row: object, place: string): void {
    const key = `${table} ${id}`;
    if (!this.said.has(key)) {
      this.said.add(key);
      this.add(table, row, place);
    }
  }

  private person(person: ShortPerson, place: string): string {
    const { login, name, email, affiliation, orcid } = person;
    const id =
      login === undefined
        ? `${name} (${String(email ?? affiliation ?? '')})`
        : login;
    if (affiliation !== undefined) {
      const row = { id: affiliation.slice(0, 180), name: affiliation };
      this.once('employer', row.id, row, place);
    }
    const row = { id, last_name: name, login, email, orcid };
    this.once(
      'user',
      id,
      { ...row, affiliation_id: affiliation?.slice(0, 180) },
      place,
    );
    return id;
  }

  private instrument(
    { name, fullName, scientists }: z.infer<typeof ShortInstrument>,
    place: string,
  ): void {
    this.once(
      'instrument',
      name,
      { id: name, name, full_name: fullName },
      place,
    );
    for (const login of new Set(scientists)) {
      this.once('user', login, { id: login, last_name: login, login }, place);
      this.add(
        'instrument_scientist',
        { instrument_id: name, user_id: login },
        place,
      );
    }
  }

  private experiment(experiment: ShortExperiment, place: string): void {
    const { id, proposal, instrument, cycle, team, datasets } = experiment;
    this.once(
      'instrument',
      instrument,
      { id: instrument, name: instrument },
      place,
    );
    this.once(
      'proposal',
      proposal,
      { id: proposal, identifier: proposal },
      place,
    );
    if (cycle !== undefined) {
      this.once('cycle', cycle, { name: cycle }, place);
    }
    const rejected = this.staging.rejected;
    this.add(
      'experiment',
      {
        id,
        proposal_id: proposal,
        instrument_id: instrument,
        visit: experiment.visit,
        title: experiment.title,
        summary: experiment.abstract,
        url: experiment.url,
        doi: experiment.doi,
        cycle,
        start_date: experiment.start,
        end_date: experiment.end,
        public_at: experiment.releaseAt,
        // One that is no plain path: the experiment is shown without its data.
        data_path: DataPath.safeParse(experiment.dataPath).success
          ? experiment.dataPath
          : undefined,
      },
      place,
    );
    if (this.staging.rejected > rejected) {
      return; // What belongs to it would be rejected for its lack alone.
    }
    const roles = team.map((person) => ({
      experiment_id: id,
      user_id: this.person(person, place),
      role: person.role,
    }));
    for (const row of roles) {
      this.once('experiment_user', JSON.stringify(row), row, place);
    }
    datasets.forEach((value, at) => {
      this.dataset(id, value, `${place}.datasets[${String(at)}]`);
    });
  }

  private dataset(experiment: string, value: unknown, place: string): void {
    const dataset = this.parse(ShortDataset, value, place);
    if (!dataset) {
      return;
    }
    const { name, description, sample, technique, start, bytes } = dataset;
    const id = `${experiment}/${dataset.id}`;
    const sampleId = sample === undefined ? undefined : `${id}/sample`;
    if (sampleId !== undefined) {
      this.add(
        'sample',
        { id: sampleId, experiment_id: experiment, name: sample },
        place,
      );
    }
    this.add(
      'dataset',
      {
        id,
        experiment_id: experiment,
        name,
        description,
        sample_id: sampleId,
        start_date: start,
        bytes,
      },
      place,
    );
    if (technique !== undefined) {
      this.add('dataset_technique', { dataset_id: id, name: technique }, place);
    }
    dataset.files.forEach(({ relPath, bytes: size }, at) => {
      this.add(
        'datafile',
        { dataset_id: id, path: relPath, bytes: size },
        `${place}.files[${String(at)}]`,
      );
    });
  }
}
