import * as z from 'zod/mini';

const Count = z.int().check(z.minimum(0));
/** Names that are let in; `null` for everybody. */
const Allowed = z._default(z.nullable(z.array(z.string())), null);
const Denied = z._default(z.array(z.string()), []);

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
  /** Memory that no job has, in MiB; `null` if the scheduler does not say. */
  idleMemoryMiB: z._default(z.nullable(Count), null),
  gpus: z.array(Gpus),
  features: z.array(z.string()),
  /** When the next reservation takes it, ISO 8601; `null` for never. */
  reservedFrom: z._default(z.nullable(z.string()), null),
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
  allowAccounts: Allowed,
  denyAccounts: Denied,
  allowQos: Allowed,
  denyQos: Denied,
  /** Time that a job gets when it asks for none, in minutes; `null` if the partition does not say. */
  defaultMinutes: z._default(z.nullable(Count), null),
  /** Whether a job always gets a whole machine (`OverSubscribe=EXCLUSIVE`). */
  exclusive: z._default(z.boolean(), false),
  /** Whether only jobs in a reservation run here (`ReqResv=YES`). */
  needsReservation: z._default(z.boolean(), false),
  /** Whether Slurm takes this one when a job names none. */
  isDefault: z._default(z.boolean(), false),
  nodes: z.array(ClusterNode),
});
export type Partition = z.infer<typeof Partition>;

/** Machines kept for some people for some time. Lists are `null` where they do not matter. */
export const Reservation = z.object({
  name: z.string(),
  /** ISO 8601, in UTC. */
  start: z.string(),
  /** ISO 8601, in UTC; `null` without an end. */
  end: z.nullable(z.string()),
  /** Names of the machines. */
  nodes: z.array(z.string()),
  /** Whether it holds its machines whole, and not some of their cores. */
  whole: z._default(z.boolean(), true),
  /** Whether its jobs may begin before it, end after it and use machines besides its own. */
  flex: z._default(z.boolean(), false),
  partition: z.nullable(z.string()),
  /** Those whom it is for; with a `-` in front, those whom it is not for. So are the next two. */
  users: z._default(z.nullable(z.array(z.string())), null),
  groups: z._default(z.nullable(z.array(z.string())), null),
  accounts: z._default(z.nullable(z.array(z.string())), null),
  features: z._default(z.array(z.string()), []),
});
export type Reservation = z.infer<typeof Reservation>;

/** What the scheduler said, and when. */
export const ClusterSnapshot = z.object({
  kind: z.enum(['slurm', 'local']),
  /** When it was asked, ISO 8601. */
  asOf: z.string(),
  /** What went wrong at the last try, in words; then the rest is older than `asOf` wants it. */
  problem: z.optional(z.string()),
  partitions: z.array(Partition),
  /** In what a person sees, only those that they may use. */
  reservations: z._default(z.array(Reservation), []),
});
export type ClusterSnapshot = z.infer<typeof ClusterSnapshot>;
