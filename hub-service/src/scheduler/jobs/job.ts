import * as z from 'zod/mini';

/** A job as squeue tells of it. */
export const Job = z.object({
  /** Slurm's word, such as `PENDING`. */
  state: z.string(),
  /** Why it is in that state, in Slurm's word; `None` without a reason. */
  reason: z.string(),
  /** When it started or is expected to, ISO 8601 in UTC; `null` while Slurm knows none. */
  start: z.nullable(z.string()),
  /** When it ended, or will at the latest. */
  end: z.nullable(z.string()),
  /** Its first machine; empty while it has none. */
  node: z.string(),
});
export type Job = z.infer<typeof Job>;

/** A job's number in Slurm. */
export const JobId = z.string().check(z.regex(/^[0-9]{1,12}$/));

export const JobsQuery = z.object({
  ids: z.array(JobId).check(z.maxLength(20_000)),
  /** Something has just happened: look again as soon as the budget of questions allows. */
  fresh: z._default(z.boolean(), false),
});
export type JobsQuery = z.infer<typeof JobsQuery>;

export const JobsAnswer = z.object({
  /** When Slurm was asked; `null` if it has not answered yet. */
  asOf: z.nullable(z.string()),
  /** Why the answer is older than it should be, in a sentence. */
  problem: z.optional(z.string()),
  /**
   * By number. `null`: Slurm was asked and does not know the job (any more). A number that
   * is not here has not been asked for yet.
   */
  jobs: z.record(z.string(), z.nullable(Job)),
});
export type JobsAnswer = z.infer<typeof JobsAnswer>;
