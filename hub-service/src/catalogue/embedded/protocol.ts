import {
  DataFile,
  Dataset,
  Experiment,
  ExperimentQuery,
  Filters,
  PartQuery,
} from '@beamtime/contract';
import * as z from 'zod/mini';
import { Report } from './import/report.js';
import { Looking } from './visible.js';

/** What a thread of the catalogue is started with. */
export const Setting = z.object({
  /** The database's file. */
  file: z.string(),
  source: z.string(),
  dataRoots: z.array(z.string()),
});
export type Setting = z.infer<typeof Setting>;

const asked = <C extends string, S extends z.core.$ZodLooseShape>(
  call: C,
  shape: S,
) => z.object({ call: z.literal(call), ...shape });

/** What is asked of a thread. */
export const Question = z.discriminatedUnion('call', [
  asked('experiments', { looking: Looking, query: ExperimentQuery }),
  asked('experiment', { looking: Looking, id: z.string() }),
  asked('datasets', { looking: Looking, id: z.string(), query: PartQuery }),
  asked('files', {
    looking: Looking,
    id: z.string(),
    dataset: z.string(),
    query: PartQuery,
  }),
  asked('filters', { looking: Looking }),
  asked('thumbnail', {
    looking: Looking,
    id: z.string(),
    dataset: z.string(),
  }),
  asked('byDoi', { looking: Looking, doi: z.string() }),
  asked('size', {}),
  asked('import', {
    from: z.string(),
    dryRun: z.boolean(),
    leaveOut: z.boolean(),
  }),
]);
export type Question = z.infer<typeof Question>;
type Call = Question['call'];

const page = <S extends z.ZodMiniType>(item: S) =>
  z.object({
    items: z.array(item),
    next: z.exactOptional(z.string()),
    total: z.exactOptional(z.int()),
  });

/** What it answers. */
export const answers = {
  experiments: page(Experiment),
  experiment: z.nullable(Experiment),
  datasets: z.nullable(page(Dataset)),
  files: z.nullable(page(DataFile)),
  filters: z.omit(Filters, { problems: true }),
  thumbnail: z.nullable(z.string()),
  byDoi: z.nullable(z.string()),
  size: z.int(),
  import: Report,
} satisfies Record<Call, z.ZodMiniType>;

export type Answer<C extends Call> = z.infer<(typeof answers)[C]>;

export const Message = z.object({ id: z.int(), question: Question });

export const Reply = z.union([
  z.object({ id: z.int(), value: z.unknown() }),
  z.object({
    id: z.int(),
    /** `query`: the question is at fault; `source`: the files of an import are. */
    fault: z.enum(['query', 'source', 'ours']),
    message: z.string(),
  }),
]);
export type Reply = z.infer<typeof Reply>;
