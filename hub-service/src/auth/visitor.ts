import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.js';
import type { HubUser } from './hub-api.js';
import type { Identities } from './identities.js';
import type { PageSessions } from './page-sessions.js';

/** Who sent a request. */
export interface Visitor {
  name: string;
  admin: boolean;
  groups: string[];
  /** The session that the request came from, empty for the default one; `null` from a page. */
  server: string | null;
}

/** The header that a page of ours sends with a call, so that no other page can make it. */
export const XSRF_HEADER = 'x-beamtime-xsrf';

const SCOPE = 'custom:beamtime:api!server=';

/**
 * Who calls the API: by the page token of a session, or by the cookie of our own page.
 *
 * @throws {Refusal} `signed-out`, `forbidden`, or `unavailable` if the hub is away.
 */
export async function visitorOf(
  request: FastifyRequest,
  identities: Identities,
  sessions: PageSessions,
): Promise<Visitor> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^(?:bearer|token) +(\S+)$/i.exec(authorization) ?? [];
    const user =
      token === undefined ? null : await identities.userOfToken(token);
    if (!user) {
      throw signedOut();
    }
    return { ...whois(user), server: ownServer(user) };
  }
  const session = sessions.of(request);
  const user = session && (await identities.userOfToken(session.token));
  if (!session || !user) {
    throw signedOut();
  }
  if (!sessions.isXsrf(session, request.headers[XSRF_HEADER])) {
    throw new Refusal(
      'forbidden',
      `Calls with a cookie need the header ${XSRF_HEADER} of the page. Reload the page.`,
    );
  }
  return { ...whois(user), server: null };
}

function whois({ name, admin, groups }: HubUser): Omit<Visitor, 'server'> {
  return { name, admin, groups };
}

/**
 * The hub gives this scope to nobody but the owner of the session, and a token of somebody
 * else's session is held by a process of theirs: so the scope of one's own is asked for.
 */
function ownServer({ name, scopes }: HubUser): string {
  const own = `${SCOPE}${name}/`;
  const scope = scopes.find((text) => text.startsWith(own));
  if (scope === undefined) {
    throw new Refusal(
      'forbidden',
      'This sign-in may not use Beamtime here. In a session of your own, log out of the hub and in again; in somebody else’s session, open your own.',
    );
  }
  return scope.slice(own.length);
}

function signedOut(): Refusal {
  return new Refusal(
    'signed-out',
    'You are no longer signed in. Reload the page to sign in again.',
  );
}
