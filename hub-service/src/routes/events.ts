import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Visitor } from '../auth/visitor.js';
import { bySession } from './bookmarks.js';
import type { EventStreams } from './event-streams.js';

/** A stream (`text/event-stream`) of events `changed`: see the contract's `Changed`. */
export function eventRoute(
  app: FastifyInstance,
  visitor: (request: FastifyRequest) => Promise<Visitor>,
  events: EventStreams,
): void {
  app.get('/events', async (request, reply) => {
    const { name } = await bySession(request, visitor);
    reply.hijack();
    for (const [header, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) {
        reply.raw.setHeader(header, value);
      }
    }
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream',
      // Proxies would wait for more.
      'x-accel-buffering': 'no',
    });
    events.add(name, reply.raw);
  });
}
