import * as z from 'zod/mini';

const Count = z.int().check(z.minimum(1));
const Names = z.array(z.string());

/** Software that a session can start in. Server-side only: paths are not sent to browsers. */
export const Environment = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9_][A-Za-z0-9_.+@-]*$/)),
  name: z.string(),
  description: z.string(),
  /** A picture for its tile: a path below the hub's origin, or a `data:image/…` URL. */
  icon: z.optional(z.string().check(z.regex(/^(?:\/(?!\/)|data:image\/)/))),
  /** Absolute path of the folder that holds `jupyterhub-singleuser`. */
  path: z.optional(z.string().check(z.startsWith('/'))),
  /** Absolute path of an image (`.sif`) that Apptainer or Singularity runs, in place of `path`. */
  image: z.optional(z.string().check(z.startsWith('/'))),
  /** Whether `path` comes first in the session's PATH. */
  addToPath: z._default(z.boolean(), true),
  /** Environment modules to load before the start. */
  modules: z.optional(z.array(z.string().check(z.regex(/^[\w.+/-]+$/)))),
  /** Lines of the site's own for the batch script, before the session starts. */
  prologue: z.optional(z.string()),
  /** The partitions that have it; absent for all. */
  partitions: z.optional(Names),
});
export type Environment = z.infer<typeof Environment>;

/** How the site speaks of a partition. */
export const PartitionLabel = z.object({
  title: z.string(),
  description: z.optional(z.string()),
  /** Its machines' processor in the site's words, for instance `x86_64` or `AMD EPYC 7543`. */
  architecture: z.optional(z.string()),
  /** Whether the simple form offers it. */
  simple: z._default(z.boolean(), true),
});
export type PartitionLabel = z.infer<typeof PartitionLabel>;

/** What people may choose beyond what the site has prepared. */
export const Allowances = z.object({
  /** Software of one's own: a folder, modules or an image. */
  customEnvironments: z._default(z.boolean(), true),
  /** Extra options of sbatch. */
  extraOptions: z._default(z.boolean(), false),
  /** A link that starts a session without a confirming click. */
  startByLink: z._default(z.boolean(), false),
});
export type Allowances = z.infer<typeof Allowances>;

/** A name, with `{proposal}` and `{instrument}` for those of the session's first experiment. */
const NameTemplate = z
  .string()
  .check(z.regex(/^(?:[A-Za-z0-9_.+@-]|\{proposal\}|\{instrument\}){1,100}$/));

/**
 * One line of the site's policy. It speaks of a session if all of `groups`, `instruments` and
 * `partitions` that it names do. Of several that speak of a session, the first one that says
 * anything about a thing decides that thing: write the exceptions first.
 */
export const SiteRule = z.object({
  /** Groups of the hub, of which the person is in one; the group `admin` are the hub's admins. */
  groups: z.optional(Names),
  /** Instruments, one of which is that of a chosen experiment. */
  instruments: z.optional(Names),
  /** Partitions, one of which is the chosen one. */
  partitions: z.optional(Names),
  /** Partitions that may be used; the others may not. */
  usePartitions: z.optional(Names),
  maxCores: z.optional(Count),
  maxMemoryMiB: z.optional(Count),
  /** Zero for none. */
  maxGpus: z.optional(z.int().check(z.minimum(0))),
  /** The GPUs that a person gets who names no type, where the partition has such. */
  gpuType: z.optional(z.string().check(z.regex(/^[A-Za-z0-9_.+-]{1,60}$/))),
  maxMinutes: z.optional(Count),
  /** What is charged if the person names no account. */
  account: z.optional(NameTemplate),
  /** Taken if the person names none, while there is one of that name that they may use. */
  reservation: z.optional(NameTemplate),
});
export type SiteRule = z.infer<typeof SiteRule>;

/** What the site decided; the admin sets it through `beamtime_hub.configure`. */
export const SitePolicy = z.object({
  environments: z.array(Environment).check(z.minLength(1)),
  /** Labels by partition name. A partition without one shows its own name. */
  partitions: z.record(z.string(), PartitionLabel),
  /** The partitions that sessions may use; the others are not even shown. All if absent. */
  onlyPartitions: z.optional(Names),
  /** Durations to choose from, in minutes, ascending. */
  durations: z.array(z.int().check(z.minimum(1))).check(z.minLength(1)),
  allow: z._default(Allowances, Allowances.parse({})),
  rules: z._default(z.array(SiteRule), []),
});
export type SitePolicy = z.infer<typeof SitePolicy>;

/** An {@link Environment} as a browser sees it. */
export const PublicEnvironment = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  icon: z.optional(z.string()),
  partitions: z.optional(Names),
});
export type PublicEnvironment = z.infer<typeof PublicEnvironment>;

/** The part of {@link SitePolicy} that a browser sees. */
export const PublicPolicy = z.object({
  environments: z.array(PublicEnvironment),
  partitions: z.record(z.string(), PartitionLabel),
  durations: z.array(z.int()),
  allow: z._default(Allowances, Allowances.parse({})),
  /** Those that speak of this person, without `groups`. */
  rules: z._default(z.array(SiteRule), []),
});
export type PublicPolicy = z.infer<typeof PublicPolicy>;
