import { FieldError, FormData as SessionForm } from '@beamtime/contract';
import * as z from 'zod/mini';

const Refused = z.object({ options: z.unknown(), errors: z.array(FieldError) });
/** What the hub refused when the page was sent the last time: the options as they came, and why. */
export type Refused = z.infer<typeof Refused>;

/** What the hub writes into the page. `form` is checked apart, so that the rest survives it. */
const BootData = z.object({
  base_url: z.string(),
  server: z.string(),
  user: z.string(),
  form: z.unknown(),
  problem: z.nullable(z.string()),
  refused: z.nullable(Refused),
});

export interface Boot {
  /** The hub's own address, for instance `/hub/`. */
  baseUrl: string;
  /** Name of the session; empty for the default one. */
  server: string;
  form: SessionForm | null;
  /** Why there is no `form`, in words. */
  problem: string;
  refused: Refused | null;
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
  const none = { form: null, problem: MISMATCH, refused: null };
  const data = BootData.safeParse(parseJson(text));
  if (!data.success) {
    return { baseUrl: hubUrl, server: '', ...none };
  }
  const { base_url: baseUrl, server, problem, refused } = data.data;
  if (data.data.form === null) {
    return {
      baseUrl,
      server,
      form: null,
      problem: problem ?? 'The hub does not say what there is to choose from.',
      refused,
    };
  }
  const form = SessionForm.safeParse(data.data.form);
  return form.success
    ? { baseUrl, server, form: form.data, problem: problem ?? '', refused }
    : { baseUrl, server, ...none };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
