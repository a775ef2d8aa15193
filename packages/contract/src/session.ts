import * as z from 'zod/mini';
import { ClusterSnapshot } from './cluster.js';
import { ExperimentPage, SessionExperiment } from './experiment.js';
import { PublicPolicy } from './policy.js';

// Patterns name the characters that they allow, one by one: `\d`, `\w` and `\s` mean
// more in Python, which checks the same inputs by the JSON Schema made of this file.
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+@-]*$/;

/** One line of readable text on both sides of a colon: no control characters. */
const EXPERIMENT_KEY =
  /^[!-9;-~\u00a1-\u1fff\u2c00-\ud7ff]+:[ -~\u00a1-\u1fff\u2c00-\ud7ff]+$/;

/** A path below the server, percent-encoded; neither `//host` nor a way up by `..`. */
const PATH =
  /^\/(?!\/)(?!.*(?:\.|%2[eE]){2})[A-Za-z0-9!#%()*+,./:=?@[\]^_{}~-]*$/;

/**
 * What a person asks for: the hub's `user_options`, by form, URL or REST.
 * Names are those of jupyterhub_moss where it has them. Unknown keys are refused:
 * batchspawner would let them overrule the batch script's variables.
 */
export const SessionRequest = z.strictObject({
  /** Keys (`source:id`) of the experiments whose data the session sees. */
  experiments: z.optional(
    z
      .array(z.string().check(z.maxLength(200), z.regex(EXPERIMENT_KEY)))
      .check(z.maxLength(20)),
  ),
  environment_id: z.optional(z.string().check(z.maxLength(100), z.regex(NAME))),
  partition: z.string().check(z.maxLength(100), z.regex(NAME)),
  nprocs: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  /** Slurm's notation (`4G`, `500M`); absent for the partition's default. */
  memory: z.optional(z.string().check(z.regex(/^[0-9]{1,12}[KMGTkmgt]?$/))),
  ngpus: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
  /** As Slurm names the type; absent or empty for any. */
  gpu_type: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.+-]{0,60}$/))),
  /** Slurm's notation: `h:mm:ss`, `d-hh:mm`… */
  runtime: z.string().check(z.regex(/^[0-9:-]{1,30}$/)),
  /** Where the session opens, a path below the server. */
  default_url: z.optional(z.string().check(z.maxLength(1000), z.regex(PATH))),
});
export type SessionRequest = z.infer<typeof SessionRequest>;

/** The person who asks, as the hub knows them. */
export const Caller = z.object({
  name: z.string().check(z.minLength(1)),
  admin: z.boolean(),
  /** Names of the person's groups in the hub. */
  groups: z.array(z.string()),
  /** The Unix groups on the cluster; `null` where there are none to ask (local processes). */
  unixGroups: z.nullable(z.array(z.string())),
});
export type Caller = z.infer<typeof Caller>;

/** Something that is wrong with a request, at the field where it can be mended. */
export const FieldError = z.object({
  /** A key of {@link SessionRequest}; empty for the request as a whole. */
  field: z.string(),
  message: z.string(),
});
export type FieldError = z.infer<typeof FieldError>;

/** The variables of the batch script: nothing else reaches it. */
export const BatchVariables = z.object({
  partition: z.string(),
  nprocs: z.string(),
  memory: z.string(),
  runtime: z.string(),
  gres: z.string(),
});
export type BatchVariables = z.infer<typeof BatchVariables>;

/** The service's decision on a request. */
export const Plan = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    batch: BatchVariables,
    /** Where `jupyterhub-singleuser` lies; absent for the spawner's own command. */
    environmentPath: z.optional(z.string()),
    modules: z.array(z.string()),
    experiments: z.array(SessionExperiment),
    defaultUrl: z.optional(z.string()),
    /** What was asked for, in one sentence. */
    summary: z.string(),
  }),
  z.object({ ok: z.literal(false), errors: z.array(FieldError) }),
]);
export type Plan = z.infer<typeof Plan>;
export type AcceptedPlan = Extract<Plan, { ok: true }>;

/** Asked by the hub over its unix socket: may this be started? */
export const PlanQuery = z.object({
  caller: Caller,
  /** Name of the session; empty for the default one. */
  server: z.string(),
  options: z.unknown(),
  /** Whether a session follows, so that the choice is kept for the next form. */
  starting: z.boolean(),
});
export type PlanQuery = z.infer<typeof PlanQuery>;

/** Asked by the hub over its unix socket: all that the form needs. */
export const FormQuery = z.object({ caller: Caller, server: z.string() });
export type FormQuery = z.infer<typeof FormQuery>;

export const FormData = z.object({
  cluster: ClusterSnapshot,
  policy: PublicPolicy,
  experiments: ExperimentPage,
  /** The Unix groups of the person, for the rules; see {@link Caller}. */
  unixGroups: z.nullable(z.array(z.string())),
  /** What this person started last. */
  last: z.nullable(SessionRequest),
});
export type FormData = z.infer<typeof FormData>;
