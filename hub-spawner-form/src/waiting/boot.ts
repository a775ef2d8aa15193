import * as z from 'zod/mini';

/** What the hub's page says of the start: see `waiting_page.py`. */
const WaitingBoot = z.object({
  base_url: z.string(),
  /** The hub's stream of events. */
  progress_url: z.string(),
  user: z.string(),
  /** Empty for the default session. */
  server: z.string(),
  title: z.string(),
  on_cluster: z.boolean(),
  /** ISO 8601; `null` if not known any more. */
  asked_at: z.nullable(z.string()),
  /** What was asked for, in one sentence. */
  summary: z.string(),
  /** Names of the experiments' folders. */
  experiments: z.array(z.string()),
});
export type WaitingBoot = z.infer<typeof WaitingBoot>;

/** @throws if the page is not of this version: the hub's own page then stays. */
export function readWaitingBoot(text: string): WaitingBoot {
  return WaitingBoot.parse(JSON.parse(text));
}
