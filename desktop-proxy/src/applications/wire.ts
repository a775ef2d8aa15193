import * as z from 'zod/mini';

/** What is wrong with the file that describes a program. */
const Problem = z.object({
  file: z.string(),
  /** From 1; null if it is the file as a whole. */
  line: z.nullable(z.number()),
  message: z.string(),
});

/** A program as the gateway describes it. */
export const Program = z.object({
  id: z.string(),
  /** Its name in the user's language. */
  title: z.string(),
  comment: z._default(z.nullable(z.string()), null),
  /** A sentence for each thing that is missing; empty if it can start. */
  missing: z.array(z.string()),
  problem: z._default(z.nullable(Problem), null),
  /** Address of its picture, relative to the gateway's. */
  icon: z._default(z.nullable(z.string()), null),
  mode: z._default(z.enum(['window', 'desktop']), 'window'),
  /** Whether the launcher has a tile for it. */
  tile: z._default(z.boolean(), true),
  /** Whether it is in the list; otherwise it only opens files. */
  listed: z._default(z.boolean(), true),
  source: z._default(z.string(), 'site'),
  categories: z._default(z.array(z.string()), []),
  keywords: z._default(z.array(z.string()), []),
  /** Files that it opens: `.h5`. */
  extensions: z._default(z.array(z.string()), []),
  mimetypes: z._default(z.array(z.string()), []),
});
export type Program = z.infer<typeof Program>;
