import * as z from 'zod/mini';
import { Association, Qos } from './accounting.js';
import { ClusterSnapshot } from './cluster.js';
import { ExperimentPage, SessionExperiment } from './experiment.js';
import { PublicPolicy } from './policy.js';

// Patterns name the characters that they allow, one by one: `\d`, `\w` and `\s` mean
// more in Python, which checks the same inputs by the JSON Schema made of this file.
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.+@-]*$/;

/** One line of readable text on both sides of a colon: no control characters. */
const EXPERIMENT_KEY =
  /^[!-9;-~\u00a1-\u1fff\u2c00-\ud7ff]+:[ -~\u00a1-\u1fff\u2c00-\ud7ff]+$/;

/** A path below the server, percent-encoded, `&` only in its query; neither `//host` nor a way up by `..`. */
const PATH =
  /^\/(?!\/)(?!.*(?:\.|%2[eE]){2})[A-Za-z0-9!#%()*+,./:=@[\]^_{}~-]*(?:\?[A-Za-z0-9!#%&()*+,./:=?@[\]^_{}~-]*)?$/;

/** A folder or file of the person's own: absolute, or below their home by `~`; no line breaks. */
const OWN_PATH = /^(?:~|~?\/[ -~\u00a1-\u1fff\u2c00-\ud7ff]*)$/;

/** Characters that mean nothing to a shell, nor to Slurm's parser of the script. */
const SOFTWARE_PATH = /^~?\/(?!.*\/\.\.(?:\/|$))[A-Za-z0-9_.+@,:=/-]+$/;

const MODULE = /^[A-Za-z0-9_][A-Za-z0-9_.+/-]*$/;

/** Names of features between `&`, `|` or `,`. */
const FEATURES =
  /^[A-Za-z0-9_][A-Za-z0-9_.:=+-]*(?:[&|,][A-Za-z0-9_][A-Za-z0-9_.:=+-]*)*$/;

/** One line of readable text. */
const LABEL = /^[ -~\u00a1-\u1fff\u2c00-\ud7ff]*$/;

const SlurmName = z.string().check(z.maxLength(100), z.regex(NAME));

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
  partition: SlurmName,
  account: z.optional(SlurmName),
  qos: z.optional(SlurmName),
  reservation: z.optional(SlurmName),
  /** Features that the machine must have, as in Slurm: `a&b`, `a|b`; a comma means `&`. */
  constraint: z.optional(z.string().check(z.maxLength(300), z.regex(FEATURES))),
  nprocs: z.int().check(z.minimum(1), z.maximum(1_000_000)),
  /**
   * Slurm's notation (`4G`, `500M`); absent for the partition's default, `0` for all memory of
   * the machine, which is then nobody else's.
   */
  memory: z.optional(z.string().check(z.regex(/^[0-9]{1,12}[KMGTkmgt]?$/))),
  ngpus: z.optional(z.int().check(z.minimum(0), z.maximum(10_000))),
  /** As Slurm names the type; absent or empty for any. */
  gpu_type: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.+-]{0,60}$/))),
  /** Slurm's notation: `h:mm:ss`, `d-hh:mm`… */
  runtime: z.string().check(z.regex(/^[0-9:-]{1,30}$/)),
  /** Where the session opens, a path below the server. */
  default_url: z.optional(z.string().check(z.maxLength(1000), z.regex(PATH))),
  /** Classic notebooks instead of JupyterLab. */
  interface: z.optional(z.enum(['lab', 'notebook'])),
  /** Nobody else on the machine. */
  exclusive: z.optional(z.boolean()),
  /** Keep the job's log as `slurm-<number>.out` in the home. */
  output: z.optional(z.boolean()),
  /** The folder in which JupyterLab starts, and above which it shows nothing. */
  root_dir: z.optional(z.string().check(z.maxLength(1000), z.regex(OWN_PATH))),
  /** Extra options of sbatch, with blanks between; only where the site allows it. */
  options: z.optional(z.string().check(z.maxLength(500), z.regex(/^[ -~]*$/))),
  /** Software of one's own, only where the site allows it: a folder of programs or an image (`.sif`). */
  environment_path: z.optional(
    z.string().check(z.maxLength(500), z.regex(SOFTWARE_PATH)),
  ),
  environment_modules: z.optional(
    z
      .array(z.string().check(z.maxLength(100), z.regex(MODULE)))
      .check(z.maxLength(50)),
  ),
  /** What its owner calls it. */
  environment_name: z.optional(
    z.string().check(z.maxLength(100), z.regex(LABEL)),
  ),
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

/**
 * The variables of the batch script: nothing else that a person chose reaches it. Those that
 * are absent are not asked for, so that the site's own defaults hold.
 */
export const BatchVariables = z.object({
  partition: z.string(),
  nprocs: z.string(),
  memory: z.string(),
  runtime: z.string(),
  gres: z.string(),
  account: z.optional(z.string()),
  qos: z.optional(z.string()),
  reservation: z.optional(z.string()),
  constraint: z.optional(z.string()),
  exclusive: z.optional(z.boolean()),
  /** Whether the log is kept as `slurm-<number>.out` in the home. */
  output: z.optional(z.boolean()),
  /** Options of sbatch, each `--name` or `--name=value` without blanks. */
  options: z.optional(z.array(z.string())),
});
export type BatchVariables = z.infer<typeof BatchVariables>;

/** The service's decision on a request. */
export const Plan = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    batch: BatchVariables,
    /** Where `jupyterhub-singleuser` lies, `~` for the home; absent for the spawner's own command. */
    environmentPath: z.optional(z.string()),
    /** The image (`.sif`) that the session runs in; there is no `environmentPath` then. */
    image: z.optional(z.string()),
    /** Whether the environment's path comes first in PATH; absent for yes. */
    addToPath: z.optional(z.boolean()),
    modules: z.array(z.string()),
    /** The site's own lines for this environment. */
    prologue: z.optional(z.string()),
    /** Whether path or image were named by the person: they are looked at only as that person. */
    custom: z.optional(z.boolean()),
    rootDir: z.optional(z.string()),
    experiments: z.array(SessionExperiment),
    defaultUrl: z.optional(z.string()),
    /** What was asked for, in one sentence. */
    summary: z.string(),
    /** The batch script as it would be submitted, added by the hub to a preview; `null` without one. */
    script: z.optional(z.nullable(z.string())),
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

/** A choice that a person has given a name. There is never a reservation in it. */
export const Preset = z.object({
  name: z
    .string()
    .check(z.minLength(1), z.maxLength(60), z.regex(LABEL), z.regex(/\S/)),
  request: SessionRequest,
});
export type Preset = z.infer<typeof Preset>;

/** Asked by the hub over its unix socket: keep a preset, under a new name or an old one. */
export const KeepPreset = z.object({ caller: Caller, preset: Preset });
/** Asked by the hub over its unix socket: forget a preset. */
export const ForgetPreset = z.object({ caller: Caller, name: z.string() });
/** Asked by the hub over its unix socket: the presets of a person. */
export const PresetsQuery = z.object({ caller: Caller });
/** The presets of a person, by name. */
export const Presets = z.object({ presets: z.array(Preset) });
export type Presets = z.infer<typeof Presets>;

/** What a look at an environment, as the person who named it, has found. */
export const EnvironmentCheck = z.object({
  /** Whether a session could start in it. */
  ok: z.boolean(),
  checks: z.array(
    z.object({
      /** The program or package, or the path itself. */
      name: z.string(),
      /** `null` if it could not be found out. */
      found: z.nullable(z.boolean()),
      /** Whether no session starts without it. */
      needed: z.boolean(),
      /** What it is for, or how to get it. */
      message: z.string(),
    }),
  ),
});
export type EnvironmentCheck = z.infer<typeof EnvironmentCheck>;

export const FormData = z.object({
  cluster: ClusterSnapshot,
  policy: PublicPolicy,
  experiments: ExperimentPage,
  /** The Unix groups of the person, for the rules; see {@link Caller}. */
  unixGroups: z.nullable(z.array(z.string())),
  /** What this person started last. */
  last: z.nullable(SessionRequest),
  presets: z._default(z.array(Preset), []),
  /** `null` where Slurm keeps no accounts, or does not tell: then they are not judged. */
  associations: z._default(z.nullable(z.array(Association)), null),
  /** The priority classes that the associations name. */
  qos: z._default(z.array(Qos), []),
  /**
   * The person's sessions, added by the hub: their names (empty for the default one) and how
   * many may be named, `null` for any number. `null` where the hub has no named sessions.
   */
  sessions: z._default(
    z.nullable(
      z.object({
        limit: z.nullable(z.int()),
        names: z.array(z.string()),
      }),
    ),
    null,
  ),
});
export type FormData = z.infer<typeof FormData>;
