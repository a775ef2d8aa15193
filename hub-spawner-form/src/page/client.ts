import {
  EnvironmentCheck,
  ExperimentPage,
  FormData as SessionForm,
  Plan,
  Presets,
  type Preset,
} from '@beamtime/contract';
import * as z from 'zod/mini';

/** A question to the hub failed. The message is for the person, as it is. */
export class HubError extends Error {
  override readonly name = 'HubError';

  /** @param status - of the answer; absent where there was none. */
  constructor(
    message: string,
    options?: ErrorOptions,
    readonly status?: number,
  ) {
    super(message, options);
  }
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

/** Software of the person's own that is to be looked at. */
export interface OwnSoftware {
  path: string;
  modules: string[];
}

/** Asks the hub what there is to choose from, and keeps there what the person wants kept. */
export class HubClient {
  /**
   * @param baseUrl - the hub's own address, for instance `/hub/`.
   * @param session - whose session is asked for, and its name; an administrator may ask for
   *   somebody else's.
   * @param xsrfToken - the hub refuses scripts that do not send its token.
   */
  constructor(
    private readonly baseUrl: string,
    private readonly session: { user: string; server: string },
    private readonly xsrfToken: string,
    private readonly fetch: Fetch,
  ) {}

  /** @throws {HubError} */
  async form(signal: AbortSignal): Promise<FormAnswer> {
    const path = this.path('form', { server: this.session.server });
    const { body, headers } = await this.get(path, SessionForm, signal);
    const date = Date.parse(headers.get('date') ?? '');
    return { form: body, hubTime: Number.isNaN(date) ? null : date };
  }

  /** @throws {HubError} */
  async experiments(
    text: string,
    signal: AbortSignal,
  ): Promise<ExperimentPage> {
    const path = this.path('experiments', { text });
    return (await this.get(path, ExperimentPage, signal)).body;
  }

  /**
   * What would be started, with the batch script.
   *
   * @param sent - the request as JSON.
   * @throws {HubError}
   */
  async preview(sent: string, signal: AbortSignal): Promise<Plan> {
    const server = JSON.stringify(this.session.server);
    return (
      await this.ask(this.path('preview'), Plan, signal, {
        method: 'POST',
        body: `{"server":${server},"options":${sent}}`,
      })
    ).body;
  }

  /** @throws {HubError} */
  async keepPreset(
    { name, request }: Preset,
    signal: AbortSignal,
  ): Promise<Presets['presets']> {
    const path = this.path(`presets/${encodeURIComponent(name)}`);
    const body = JSON.stringify({ request });
    return (await this.ask(path, Presets, signal, { method: 'PUT', body })).body
      .presets;
  }

  /** @throws {HubError} */
  async forgetPreset(
    name: string,
    signal: AbortSignal,
  ): Promise<Presets['presets']> {
    const path = this.path(`presets/${encodeURIComponent(name)}`);
    return (await this.ask(path, Presets, signal, { method: 'DELETE' })).body
      .presets;
  }

  /**
   * Whether a session could start in software of the person's own.
   *
   * @throws {HubError}
   */
  async checkEnvironment(
    software: OwnSoftware,
    signal: AbortSignal,
  ): Promise<EnvironmentCheck> {
    const path = this.path('check-environment');
    const body = JSON.stringify(software);
    return (
      await this.ask(path, EnvironmentCheck, signal, { method: 'POST', body })
    ).body;
  }

  /**
   * Makes a session of that name, without starting it.
   *
   * @returns whether it is new: `false` if there is one of that name.
   * @throws {HubError}
   */
  async nameSession(
    name: string,
    displayName: string,
    signal: AbortSignal,
  ): Promise<boolean> {
    const path = `api/users/${encodeURIComponent(this.session.user)}/servers/${encodeURIComponent(name)}`;
    try {
      await this.ask(path, z.unknown(), signal, {
        method: 'PUT',
        body: JSON.stringify({ display_name: displayName }),
      });
      return true;
    } catch (error) {
      if (error instanceof HubError && error.status === 409) {
        return false;
      }
      throw error;
    }
  }

  private path(what: string, query: Record<string, string> = {}): string {
    const { user } = this.session;
    const all = new URLSearchParams({ ...query, ...(user && { user }) });
    return `beamtime/${what}${all.size > 0 ? `?${all.toString()}` : ''}`;
  }

  private get<T>(path: string, schema: z.ZodMiniType<T>, signal: AbortSignal) {
    return this.ask(path, schema, signal, {});
  }

  private async ask<T>(
    path: string,
    schema: z.ZodMiniType<T>,
    signal: AbortSignal,
    request: Pick<RequestInit, 'method' | 'body'>,
  ): Promise<{ body: T; headers: Answer['headers'] }> {
    let response: Answer;
    try {
      response = await this.fetch(this.baseUrl + path, {
        ...request,
        signal,
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json',
          ...(request.body !== undefined && {
            'Content-Type': 'application/json',
          }),
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
      throw new HubError(
        refusalWords(response.status, body),
        {},
        response.status,
      );
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
