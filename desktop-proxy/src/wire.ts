import * as z from 'zod/mini';

import { Program } from './applications/wire.js';

/** Why a desktop ended. */
export const Ended = z.object({
  /** ISO instant. */
  at: z.string(),
  cause: z.enum([
    ...(['closed', 'failed', 'display', 'start', 'told', 'keeper'] as const),
    'crash-loop',
  ]),
  /** Exit status, or minus a signal's number; null if there was none. */
  status: z.nullable(z.number()),
  /** The same in one English sentence. */
  reason: z.string(),
  /** The last lines that the program, or the display, wrote. */
  output: z.array(z.string()),
});
export type Ended = z.infer<typeof Ended>;

/** A crashed display is started again by the gateway, a few times. */
export const Restart = z.object({
  attempt: z.number(),
  most: z.number(),
  /** ISO instant. */
  next: z.string(),
});
export type Restart = z.infer<typeof Restart>;

/** What draws 3D pictures. */
export const Renderer = z.object({
  kind: z.enum(['gpu', 'cpu']),
  title: z.string(),
  /** Why no GPU is used although there is one; null if nothing is wrong. */
  problem: z.nullable(z.string()),
});
export type Renderer = z.infer<typeof Renderer>;

/** A desktop as the gateway describes it. */
export const DesktopInfo = z.object({
  name: z.string(),
  program: z.object({ id: z.string(), title: z.string() }),
  state: z.enum(['starting', 'running', 'restarting', 'ended']),
  /** Since when, ISO instant. */
  since: z.optional(z.string()),
  restart: z._default(z.nullable(Restart), null),
  /** How often its display crashed and was started again. */
  restarts: z._default(z.number(), 0),
  ended: z.nullable(Ended),
  renderer: z._default(z.nullable(Renderer), null),
  /** The display runs but does not answer: a sentence. */
  problem: z._default(z.nullable(z.string()), null),
  /** How many look on. */
  connections: z._default(z.number(), 0),
  mode: z.optional(z.enum(['window', 'desktop'])),
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
  programs: z.array(Program),
  parts: z.array(Part),
});
export type Programs = z.infer<typeof Programs>;

export const Ticket = z.object({ ticket: z.string() });

/** Any refusal, of the gateway's or of Jupyter's server. */
export const Refusal = z.object({ message: z.string() });

/** What Jupyter's server knows of why the gateway does not start. */
export const Problem = z.object({ problem: z.nullable(z.string()) });
