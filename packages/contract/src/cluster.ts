import * as z from 'zod/mini';

const Count = z.int().check(z.minimum(0));

/** GPUs of one type; `type` is empty where Slurm has no types. */
export const Gpus = z.object({ type: z.string(), total: Count, idle: Count });
export type Gpus = z.infer<typeof Gpus>;

export const ClusterNode = z.object({
  name: z.string(),
  /** Slurm's word in lower case, without flags: `idle`, `mixed`, `drained`, `down`… */
  state: z.string(),
  /** Whether a new job could be put there sooner or later. */
  usable: z.boolean(),
  cpus: Count,
  idleCpus: Count,
  /** Real memory in MiB. */
  memoryMiB: Count,
  gpus: z.array(Gpus),
  features: z.array(z.string()),
});
export type ClusterNode = z.infer<typeof ClusterNode>;

export const Partition = z.object({
  name: z.string(),
  /** `up`, `down`, `drain` or `inactive`. */
  state: z.string(),
  /** Longest run in minutes; `null` without a limit. */
  maxMinutes: z.nullable(Count),
  /** `null` without a limit. */
  maxCpusPerNode: z.nullable(Count),
  /** In MiB; `null` without a limit. */
  maxMemoryMiBPerNode: z.nullable(Count),
  /** Memory that a job gets for each CPU when it asks for none, in MiB; `null` if the cluster does not say. */
  defaultMemoryMiBPerCpu: z.nullable(Count),
  /** Unix groups that may use it; `null` for everybody. */
  allowGroups: z.nullable(z.array(z.string())),
  nodes: z.array(ClusterNode),
});
export type Partition = z.infer<typeof Partition>;

/** What the scheduler said, and when. */
export const ClusterSnapshot = z.object({
  kind: z.enum(['slurm', 'local']),
  /** When it was asked, ISO 8601. */
  asOf: z.string(),
  /** What went wrong at the last try, in words; then the rest is older than `asOf` wants it. */
  problem: z.optional(z.string()),
  partitions: z.array(Partition),
});
export type ClusterSnapshot = z.infer<typeof ClusterSnapshot>;
