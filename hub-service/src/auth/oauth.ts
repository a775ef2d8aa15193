import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { HubConnection } from '../config.js';
import { Refusal } from '../refusal.js';
import type { HubApi } from './hub-api.js';
import type { Identities } from './identities.js';
import { type PageSessions, secret } from './page-sessions.js';

const AGE_MS = 600_000;
const MOST = 10_000;

const Callback = z.object({
  state: z.string(),
  code: z.optional(z.string()),
  error: z.optional(z.string()),
});

/** Signing in to the service's pages by the hub's OAuth, with PKCE. */
export class OAuth {
  /** Sign-ins under way, by state. */
  private readonly pending = new Map<
    string,
    { verifier: string; next: string; until: number }
  >();

  constructor(
    private readonly hub: HubConnection,
    private readonly prefix: string,
    private readonly api: HubApi,
    private readonly identities: Identities,
    private readonly sessions: PageSessions,
  ) {}

  /** Sends the browser to the hub; it comes back to the page that it asked for. */
  begin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const now = Date.now();
    for (const [state, { until }] of this.pending) {
      if (until > now && this.pending.size < MOST) {
        break;
      }
      this.pending.delete(state);
    }
    const state = secret();
    const verifier = secret();
    this.pending.set(state, {
      verifier,
      next: request.url,
      until: now + AGE_MS,
    });
    void reply.setCookie(cookieOf(state), state, {
      path: this.prefix,
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(request),
      maxAge: AGE_MS / 1000,
    });
    const query = new URLSearchParams({
      client_id: this.hub.clientId,
      redirect_uri: this.hub.callbackUrl,
      response_type: 'code',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return reply.redirect(
      `${this.hub.hubUrl}api/oauth2/authorize?${query.toString()}`,
    );
  }

  /**
   * The browser is back from the hub.
   *
   * @throws {Refusal} `bad-request` if this browser did not begin it, or too long ago;
   *   `forbidden` if the person may not use the service.
   */
  async finish(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const query = Callback.safeParse(request.query);
    const state = query.success ? query.data.state : '';
    const begun = this.pending.get(state);
    this.pending.delete(state);
    if (
      !query.success ||
      !begun ||
      begun.until < Date.now() ||
      request.cookies[cookieOf(state)] !== state
    ) {
      throw new Refusal(
        'bad-request',
        'This sign-in was not begun here, or took too long. Open the page again.',
      );
    }
    void reply.clearCookie(cookieOf(state), { path: this.prefix });
    const { code, error } = query.data;
    const token =
      code === undefined || error !== undefined
        ? null
        : await this.api.tokenForCode(code, begun.verifier);
    const user =
      token === null ? null : await this.identities.userOfToken(token);
    if (
      token === null ||
      !user?.scopes.some((scope) => this.hub.accessScopes.includes(scope))
    ) {
      throw new Refusal(
        'forbidden',
        'The hub does not let you use Beamtime. Ask its admins for access to the service.',
      );
    }
    this.sessions.start(reply, token, isSecure(request));
    return reply.redirect(begun.next);
  }
}

/** A name of its own for each sign-in: a browser that restores ten tabs begins ten at once. */
function cookieOf(state: string): string {
  return `beamtime-state-${state.slice(0, 8)}`;
}

/** Whether the browser came by https; a proxy before the hub's tells so. */
function isSecure(request: FastifyRequest): boolean {
  const forwarded = request.headers['x-forwarded-proto'];
  const [first = ''] = String(forwarded ?? '').split(',');
  return first.trim() === 'https';
}
