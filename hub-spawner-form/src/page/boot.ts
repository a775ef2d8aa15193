import { FieldError, FormData as SessionForm } from '@beamtime/contract';
import * as z from 'zod/mini';

const Refused = z.object({ options: z.unknown(), errors: z.array(FieldError) });
/** What the hub refused when the page was sent the last time: the options as they came, and why. */
export type Refused = z.infer<typeof Refused>;

const Ended = z.object({
  /** Name of the session; empty for the default one. */
  server: z.string(),
  job: z.string(),
  kind: z.string(),
  /** In sentences for the person. */
  reason: z.string(),
  /** In Slurm's own words; empty if it said none. */
  slurm: z.string(),
  /** ISO 8601, in UTC. */
  when: z.string(),
  /** The last lines of its log; empty if none could be read. */
  log: z.string(),
  logPath: z.string(),
});
/** How a session ended. */
export type Ended = z.infer<typeof Ended>;

/** What the hub writes into the page. `form` is checked apart, so that the rest survives it. */
const BootData = z.object({
  base_url: z.string(),
  server: z.string(),
  user: z.string(),
  form: z.unknown(),
  problem: z.nullable(z.string()),
  refused: z.nullable(Refused),
  ended: z.catch(z.nullable(Ended), null),
});

export interface Boot {
  /** The hub's own address, for instance `/hub/`. */
  baseUrl: string;
  /** Name of the session; empty for the default one. */
  server: string;
  /** Whose session it will be. */
  user: string;
  form: SessionForm | null;
  /** Why there is no `form`, in words. */
  problem: string;
  refused: Refused | null;
  ended: Ended | null;
}

const MISMATCH =
  'This page and the service behind it are of different versions. Reload the page; if that does not help, tell the people who run this hub.';

/**
 * Reads what the hub wrote into the page.
 *
 * @param text - content of the element `beamtime-form-data`.
 * @param hubUrl - used if the text is not understood.
 */
export function readBoot(text: string, hubUrl: string): Boot {
  const none = { form: null, problem: MISMATCH };
  const read = BootData.safeParse(parseJson(text));
  if (!read.success) {
    const nothing = { server: '', user: '', refused: null, ended: null };
    return { baseUrl: hubUrl, ...nothing, ...none };
  }
  const { base_url: baseUrl, form: data, problem, ...rest } = read.data;
  const known = { baseUrl, ...rest };
  if (data === null) {
    return {
      ...known,
      form: null,
      problem: problem ?? 'The hub does not say what there is to choose from.',
    };
  }
  const form = SessionForm.safeParse(data);
  return form.success
    ? { ...known, form: form.data, problem: problem ?? '' }
    : { ...known, ...none };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
