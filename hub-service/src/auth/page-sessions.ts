import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'beamtime-session';
const AGE_MS = 8 * 3_600_000;
const MOST = 20_000;

/** Somebody signed in to the service's own pages. */
export interface PageSession {
  /** The person's OAuth token, asked about anew all the while: it ends at the hub's logout. */
  token: string;
  xsrf: string;
  until: number;
}

/** Who is signed in to the pages. Forgotten at a restart: signing in again asks nothing. */
export class PageSessions {
  private readonly sessions = new Map<string, PageSession>();

  /** @param path - the service's prefix: the cookie goes nowhere else. */
  constructor(private readonly path: string) {}

  start(reply: FastifyReply, token: string, secure: boolean): void {
    const now = Date.now();
    for (const [id, session] of this.sessions) {
      if (session.until > now && this.sessions.size < MOST) {
        break;
      }
      this.sessions.delete(id);
    }
    const id = secret();
    this.sessions.set(hash(id), { token, xsrf: secret(), until: now + AGE_MS });
    void reply.setCookie(COOKIE, id, {
      path: this.path,
      httpOnly: true,
      sameSite: 'lax',
      secure,
    });
  }

  of(request: FastifyRequest): PageSession | null {
    const id = request.cookies[COOKIE];
    const session = id === undefined ? undefined : this.sessions.get(hash(id));
    return session && session.until > Date.now() ? session : null;
  }

  isXsrf(session: PageSession, header: unknown): boolean {
    return typeof header === 'string' && same(header, session.xsrf);
  }
}

/** 256 random bits for a URL or a cookie. */
export function secret(): string {
  return randomBytes(32).toString('base64url');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Compares in a time that tells nothing. */
function same(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hash(one)), Buffer.from(hash(other)));
}
