import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asked, once that is known; for the log. */
    who: { user: string; server: string | null } | null;
  }
}

/**
 * One line for each answer: the route and not the URL, whose query may hold an OAuth code,
 * and no headers, which hold tokens and cookies.
 */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('who', null);
  app.addHook('onResponse', (request, reply, done) => {
    const level = reply.statusCode >= 500 ? 'error' : 'info';
    request.log[level](
      {
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...request.who,
      },
      'answered',
    );
    done();
  });
}

function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}
