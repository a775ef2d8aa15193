import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HubUser } from '../auth/hub-api.js';
import type { PageSession } from '../auth/page-sessions.js';
import type { Parts } from '../readiness.js';
import { Refusal } from '../refusal.js';
import type { Html } from './html.js';
import { layout, type Links } from './layout.js';
import type { Around } from './start.js';

/** Somebody who is signed in to the pages. */
export interface Guest {
  user: Pick<HubUser, 'name' | 'admin' | 'groups'>;
  session: PageSession;
}

/** What all pages have. */
export interface PageFrame {
  prefix: string;
  links: () => Links;
  /** What the reader has, as the hub tells. */
  around: (guest: Guest) => Promise<Around>;
}

/**
 * Who wants the page; `null` if they are not signed in.
 *
 * @throws {Refusal} `forbidden` if it is not a person that goes there.
 */
export async function readGuest(
  request: FastifyRequest,
  { pageSessions, identities }: Parts,
): Promise<Guest | null> {
  navigationOnly(request);
  const session = pageSessions.of(request);
  const found = session && (await identities.userOfToken(session.token));
  if (!session || !found) {
    return null;
  }
  const { name, admin, groups } = found;
  request.who = { user: name, server: null };
  return { user: { name, admin, groups }, session };
}

export function showPage(
  reply: FastifyReply,
  frame: PageFrame,
  title: string,
  guest: Guest | null,
  content: Html,
): FastifyReply {
  const reader = guest && { name: guest.user.name, xsrf: guest.session.xsrf };
  return reply
    .type('text/html; charset=utf-8')
    .send(layout(title, frame.links(), reader, content));
}

/** A page is for a person who goes there, not for a script of another page on this origin. */
function navigationOnly({ headers }: FastifyRequest): void {
  const mode = headers['sec-fetch-mode'];
  const to = headers['sec-fetch-dest'];
  if (
    (mode !== undefined && mode !== 'navigate') ||
    (to !== undefined && to !== 'document')
  ) {
    throw new Refusal('forbidden', 'Open this page in a tab of its own.');
  }
}
