import type { Bookmarks } from '@beamtime/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import type { Visitor } from '../auth/visitor.js';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse, Refusal } from '../refusal.js';
import type { EventStreams } from './event-streams.js';

const Params = z.object({ key: z.string() });
type WhoAsks = (request: FastifyRequest) => Promise<Visitor>;

/** What people have marked. It is changed by a session's token only, never by a cookie. */
export function bookmarkRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  visitor: WhoAsks,
  events: EventStreams,
): void {
  app.get('/bookmarks', async (request): Promise<Bookmarks> => {
    const { name } = await visitor(request);
    return readiness.parts.bookmarks.of(name);
  });

  type Act = 'mark' | 'unmark' | 'opened';
  const change = (method: 'PUT' | 'DELETE', url: string, act: Act) =>
    app.route({
      method,
      url,
      handler: async (request): Promise<Bookmarks> => {
        const { name } = await bySession(request, visitor);
        const { key } = parseOrRefuse(Params, request.params, 'The address');
        const { bookmarks } = readiness.parts;
        await bookmarks[act](name, key);
        events.tell('bookmarks', name);
        return bookmarks.of(name);
      },
    });
  change('PUT', '/bookmarks/favourites/:key', 'mark');
  change('DELETE', '/bookmarks/favourites/:key', 'unmark');
  change('PUT', '/bookmarks/recent/:key', 'opened');
}

/**
 * Who asks, if it is by the token of a session.
 *
 * @throws {Refusal} `forbidden` if it is by the cookie of our own pages.
 */
export async function bySession(
  request: FastifyRequest,
  visitor: WhoAsks,
): Promise<Visitor> {
  if (request.headers.authorization === undefined) {
    throw new Refusal(
      'forbidden',
      'This call is for sessions: it needs the token of a page of JupyterLab.',
    );
  }
  return visitor(request);
}
