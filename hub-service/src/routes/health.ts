import type { FastifyInstance } from 'fastify';
import type { Readiness } from '../readiness.js';
import { VERSION } from '../version.js';

/** Says whether the service answers, and what is wrong. Needs no sign-in. */
export function healthRoute(app: FastifyInstance, readiness: Readiness): void {
  app.get('/healthz', (_request, reply) =>
    reply
      .status(readiness.isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({
        ok: readiness.isReady,
        version: VERSION,
        problems: readiness.problems,
      }),
  );
}
