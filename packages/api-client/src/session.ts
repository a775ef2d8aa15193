import * as z from 'zod/mini';
import { ask, type Endpoint, type Fetch } from './ask.js';

/** An experiment whose folders are in this session. */
export const SessionLink = z.object({
  /** `source:id`. */
  key: z.string(),
  slug: z.string(),
  title: z.string(),
  /** Paths for Jupyter's contents API; `null` where there is no such folder yet. */
  raw: z.nullable(z.string()),
  processed: z.nullable(z.string()),
  /** What is wrong with the folders, in sentences. */
  problems: z.array(z.string()),
});
export type SessionLink = z.infer<typeof SessionLink>;

export const SessionStatus = z.object({
  experiments: z.array(SessionLink),
  /** What went wrong when the session started, in sentences. */
  problems: z.array(z.string()),
});
export type SessionStatus = z.infer<typeof SessionStatus>;

/** The session's own Jupyter server, extended by `beamtime_lab`. */
export class SessionClient {
  private readonly server: Endpoint;

  /** @param baseUrl - of the Jupyter server, with a slash at its end. */
  constructor(
    private readonly baseUrl: URL,
    fetch: Fetch,
  ) {
    this.server = { name: 'Your Jupyter server', fetch };
  }

  status(signal: AbortSignal): Promise<SessionStatus> {
    const url = new URL('beamtime/status', this.baseUrl);
    return ask(this.server, url, SessionStatus, { signal });
  }

  /** Puts an experiment's folders into the session, or finds them there. */
  link(key: string, signal: AbortSignal): Promise<SessionLink> {
    const url = new URL('beamtime/experiments/link', this.baseUrl);
    return ask(this.server, url, SessionLink, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ key }),
      signal,
    });
  }
}
