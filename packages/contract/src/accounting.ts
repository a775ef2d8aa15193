import * as z from 'zod/mini';

const Minutes = z._default(z.nullable(z.int().check(z.minimum(0))), null);

/** What a person may charge jobs to, as Slurm's accounting (`sacctmgr`) has it. */
export const Association = z.object({
  account: z.string(),
  /** Where it holds; `null` for every partition. */
  partition: z.nullable(z.string()),
  /** Names of the QOS that may be asked for with it. */
  qos: z.array(z.string()),
  defaultQos: z._default(z.nullable(z.string()), null),
  /** Whether it is taken for a job that names no account. */
  isDefault: z.boolean(),
  /** Longest run in minutes; `null` without a limit. */
  maxMinutes: Minutes,
});
export type Association = z.infer<typeof Association>;

/** A priority class. */
export const Qos = z.object({
  name: z.string(),
  description: z.string(),
  /** Longest run in minutes; `null` without a limit. */
  maxMinutes: Minutes,
  /** Most CPUs and GPUs of one job; `null` without a limit. */
  maxCpus: z._default(z.nullable(z.int().check(z.minimum(0))), null),
  maxGpus: z._default(z.nullable(z.int().check(z.minimum(0))), null),
});
export type Qos = z.infer<typeof Qos>;
