import * as z from 'zod/mini';

/** Why a desktop ended. */
export const Ended = z.object({
  /** ISO instant. */
  at: z.string(),
  cause: z.enum(['closed', 'failed', 'display', 'start', 'told', 'keeper']),
  /** Exit status, or minus a signal's number; null if there was none. */
  status: z.nullable(z.number()),
  /** The same in one English sentence. */
  reason: z.string(),
  /** The last lines that the program, or the display, wrote. */
  output: z.array(z.string()),
});
export type Ended = z.infer<typeof Ended>;

/** A desktop as the gateway describes it. */
export const DesktopInfo = z.object({
  name: z.string(),
  program: z.object({ id: z.string(), title: z.string() }),
  state: z.enum(['starting', 'running', 'ended']),
  ended: z.nullable(Ended),
});
export type DesktopInfo = z.infer<typeof DesktopInfo>;

export const DesktopList = z.object({ desktops: z.array(DesktopInfo) });

/** A part of the machine that desktops need, found or not. */
export const Part = z.object({
  id: z.string(),
  title: z.string(),
  /** What was found; null if nothing. */
  found: z.nullable(z.string()),
  needed: z.boolean(),
  /** What is missing, one sentence. */
  problem: z.string(),
  /** Shell commands with which an administrator gets it. */
  get: z.array(z.string()),
});
export type Part = z.infer<typeof Part>;

/** What can be started, and what was looked for. */
export const Programs = z.object({
  programs: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      /** A sentence for each thing that is missing; empty if it can start. */
      missing: z.array(z.string()),
    }),
  ),
  parts: z.array(Part),
});
export type Programs = z.infer<typeof Programs>;

export const Ticket = z.object({ ticket: z.string() });

/** Any refusal, of the gateway's or of Jupyter's server. */
export const Refusal = z.object({ message: z.string() });
