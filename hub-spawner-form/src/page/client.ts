import { ExperimentPage, FormData as SessionForm } from '@beamtime/contract';
import * as z from 'zod/mini';

/** A question to the hub failed. The message is for the person, as it is. */
export class HubError extends Error {
  override readonly name = 'HubError';
}

/** What of an answer is looked at. */
export type Answer = Pick<Response, 'ok' | 'status' | 'redirected' | 'json'> & {
  headers: Pick<Headers, 'get'>;
};
export type Fetch = (url: string, init: RequestInit) => Promise<Answer>;

export interface FormAnswer {
  form: SessionForm;
  /** The hub's clock when it answered, ms since 1970; `null` if it does not say. */
  hubTime: number | null;
}

/** Body of the hub's refusals, its own and ours. */
const Refusal = z.object({ message: z.string() });

const SIGNED_OUT = 'You are signed out. Reload the page to sign in.';

/** Asks the hub what there is to choose from. */
export class HubClient {
  /**
   * @param baseUrl - the hub's own address, for instance `/hub/`.
   * @param server - name of the session that is asked for.
   * @param xsrfToken - the hub refuses scripts that do not send its token.
   */
  constructor(
    private readonly baseUrl: string,
    private readonly server: string,
    private readonly xsrfToken: string,
    private readonly fetch: Fetch,
  ) {}

  /** @throws {HubError} */
  async form(signal: AbortSignal): Promise<FormAnswer> {
    const path = `beamtime/form?server=${encodeURIComponent(this.server)}`;
    const { body, headers } = await this.get(path, SessionForm, signal);
    const date = Date.parse(headers.get('date') ?? '');
    return { form: body, hubTime: Number.isNaN(date) ? null : date };
  }

  /** @throws {HubError} */
  async experiments(
    text: string,
    signal: AbortSignal,
  ): Promise<ExperimentPage> {
    const path = `beamtime/experiments?text=${encodeURIComponent(text)}`;
    return (await this.get(path, ExperimentPage, signal)).body;
  }

  private async get<T>(
    path: string,
    schema: z.ZodMiniType<T>,
    signal: AbortSignal,
  ): Promise<{ body: T; headers: Answer['headers'] }> {
    let response: Answer;
    try {
      response = await this.fetch(this.baseUrl + path, {
        signal,
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json',
          'X-XSRFToken': this.xsrfToken,
        },
      });
    } catch (cause) {
      signal.throwIfAborted();
      throw new HubError('The hub does not answer. Check your network.', {
        cause,
      });
    }
    const body: unknown = await response.json().catch(() => undefined);
    signal.throwIfAborted();
    if (!response.ok) {
      throw new HubError(refusalWords(response.status, body));
    }
    if (response.redirected) {
      // To the page where one signs in.
      throw new HubError(SIGNED_OUT);
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw new HubError(
        'The hub and this page are of different versions. Reload the page.',
        { cause: parsed.error },
      );
    }
    return { body: parsed.data, headers: response.headers };
  }
}

function refusalWords(status: number, body: unknown): string {
  const refusal = Refusal.safeParse(body);
  if (refusal.success) {
    return refusal.data.message;
  }
  return status === 401 || status === 403
    ? SIGNED_OUT
    : `The hub failed with status ${status}.`;
}
