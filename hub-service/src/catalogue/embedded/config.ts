import * as z from 'zod/mini';
import { entry } from '../entry.js';

const AbsolutePath = z
  .string()
  .check(
    z.regex(/^\/[^\0]*$/, 'expected an absolute path, for instance /srv/x'),
  );

/** One entry of `catalogues`: the catalogue that Beamtime keeps itself. */
export const EmbeddedConfig = z.strictObject({
  ...entry,
  kind: z.literal('embedded'),
  /** A JSON file that is followed as it changes; a faulty row in it is left out. */
  file: z.optional(AbsolutePath),
  /** A JSON file or folder of CSV that is imported again and again. */
  sync: z.optional(
    z.strictObject({
      from: AbsolutePath,
      /** Minutes. */
      every: z.number().check(z.minimum(1), z.maximum(10_080)),
      /** Whether faulty rows are left out; by default one faulty row stops the whole import. */
      leaveOut: z._default(z.boolean(), false),
    }),
  ),
});
export type EmbeddedConfig = z.infer<typeof EmbeddedConfig>;
