import * as z from 'zod/mini';

/** Software that a session can start in. Server-side only: paths are not sent to browsers. */
export const Environment = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)),
  name: z.string(),
  description: z.string(),
  /** Absolute path of the folder that holds `jupyterhub-singleuser`. */
  path: z.optional(z.string().check(z.startsWith('/'))),
  /** Environment modules to load before the start. */
  modules: z.optional(z.array(z.string().check(z.regex(/^[\w.+/-]+$/)))),
});
export type Environment = z.infer<typeof Environment>;

/** How the site speaks of a partition. */
export const PartitionLabel = z.object({
  title: z.string(),
  description: z.optional(z.string()),
});
export type PartitionLabel = z.infer<typeof PartitionLabel>;

/** What the site decided; the admin sets it through `beamtime_hub.configure`. */
export const SitePolicy = z.object({
  environments: z.array(Environment).check(z.minLength(1)),
  /** Labels by partition name. A partition without one shows its own name. */
  partitions: z.record(z.string(), PartitionLabel),
  /** Durations to choose from, in minutes, ascending. */
  durations: z.array(z.int().check(z.minimum(1))).check(z.minLength(1)),
});
export type SitePolicy = z.infer<typeof SitePolicy>;

/** The part of {@link SitePolicy} that a browser sees. */
export const PublicPolicy = z.object({
  environments: z.array(
    z.object({ id: z.string(), name: z.string(), description: z.string() }),
  ),
  partitions: z.record(z.string(), PartitionLabel),
  durations: z.array(z.int()),
});
export type PublicPolicy = z.infer<typeof PublicPolicy>;
