import fetch, { type RequestInit, type Response } from 'node-fetch';
import * as z from 'zod/mini';
import type { HubConnection } from '../config.js';
import { Refusal } from '../refusal.js';

const DEADLINE_MS = 5_000;

const TokenOwner = z.object({
  kind: z.string(),
  name: z.string(),
  // Every token may read these of its own person: JupyterHub's identify scopes.
  admin: z._default(z.boolean(), false),
  groups: z._default(z.array(z.string()), []),
  scopes: z._default(z.array(z.string()), []),
});
const TokenReply = z.object({ access_token: z.string() });
const AuthState = z.object({
  auth_state: z.optional(
    z.nullable(z.object({ access_token: z.optional(z.nullable(z.string())) })),
  ),
});
const Scopes = z.object({ scopes: z._default(z.array(z.string()), []) });

/** The person whose token it is, and what the token may. */
export interface HubUser {
  name: string;
  admin: boolean;
  groups: string[];
  scopes: string[];
}

/** JupyterHub's REST API, as far as signing in needs it. */
export class HubApi {
  constructor(private readonly hub: HubConnection) {}

  /**
   * Whose token this is; `null` if the hub does not know it or it is a service's.
   *
   * @throws {Refusal} `unavailable` if the hub does not answer.
   */
  async userOfToken(token: string): Promise<HubUser | null> {
    const response = await askHub(this.hub, '/user', {
      headers: { authorization: `token ${token}` },
    });
    if (response.status === 401 || response.status === 403) {
      return null;
    }
    const owner = await readAnswer(response, TokenOwner);
    if (owner.kind !== 'user') {
      return null;
    }
    const { name, admin, groups, scopes } = owner;
    return { name, admin, groups, scopes };
  }

  /** What a token may, whosever it is: a person's or a service's. */
  async scopesOfToken(token: string): Promise<string[]> {
    const response = await askHub(this.hub, '/user', {
      headers: { authorization: `token ${token}` },
    });
    return response.status === 401 || response.status === 403
      ? []
      : (await readAnswer(response, Scopes)).scopes;
  }

  /**
   * The access token of the identity provider that the hub keeps of a person; `null` if it
   * keeps none, or does not give it to us.
   *
   * @throws {Refusal} `unavailable` if the hub does not answer.
   */
  async accessTokenOf(name: string): Promise<string | null> {
    const response = await askHub(
      this.hub,
      `/users/${encodeURIComponent(name)}`,
      { headers: { authorization: `token ${this.hub.token}` } },
    );
    if (response.status === 403 || response.status === 404) {
      return null;
    }
    const { auth_state: state } = await readAnswer(response, AuthState);
    return state?.access_token ?? null;
  }

  /** Gives the token for an OAuth code; `null` if the hub refuses the code. */
  async tokenForCode(code: string, verifier: string): Promise<string | null> {
    const response = await askHub(this.hub, '/oauth2/token', {
      method: 'POST',
      body: new URLSearchParams({
        client_id: this.hub.clientId,
        client_secret: this.hub.token,
        grant_type: 'authorization_code',
        code,
        redirect_uri: this.hub.callbackUrl,
        code_verifier: verifier,
      }),
    });
    return response.status >= 400 && response.status < 500
      ? null
      : (await readAnswer(response, TokenReply)).access_token;
  }
}

/**
 * Asks the hub's REST API.
 *
 * @param path - below the API, with a slash in front.
 * @throws {Refusal} `unavailable` if the hub does not answer within five seconds.
 */
export async function askHub(
  { apiUrl }: Pick<HubConnection, 'apiUrl'>,
  path: string,
  init: RequestInit,
  deadlineMs = DEADLINE_MS,
): Promise<Response> {
  try {
    return await fetch(`${apiUrl}${path}`, {
      ...init,
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    });
  } catch (cause) {
    throw hubIsAway(cause);
  }
}

/** @throws {Refusal} `unavailable` if the answer is a failure, or not of that shape. */
export async function readAnswer<S extends z.ZodMiniType>(
  response: Response,
  schema: S,
): Promise<z.output<S>> {
  const body: unknown = response.ok
    ? await response.json().catch(() => undefined)
    : undefined;
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw hubIsAway(`${response.status}, ${parsed.error.message}`);
  }
  return parsed.data;
}

function hubIsAway(cause: unknown): Refusal {
  return new Refusal(
    'unavailable',
    'The hub did not answer as it should. It may be restarting: try again in a minute.',
    { cause },
  );
}
