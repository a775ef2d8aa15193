import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics.js';
import type { Readiness } from '../readiness.js';
import { Refusal } from '../refusal.js';

/** What lets a token read JupyterHub's own metrics; hub admins have it. */
const SCOPE = 'read:metrics';

/** Counts all answers but the streams, which last as long as somebody listens. */
export function countRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unknown' } = request.routeOptions;
    if (!route.endsWith('/events')) {
      const { method } = request;
      metrics.requests.observe(
        { method, route, status: reply.statusCode },
        reply.elapsedTime / 1000,
      );
    }
    done();
  });
}

/**
 * The metrics, for whoever may read JupyterHub's: one token does for both. Only by a token in
 * the header, never by a cookie.
 */
export function metricsRoute(
  app: FastifyInstance,
  readiness: Readiness,
  metrics: Metrics,
): void {
  app.get('/metrics', async (request, reply) => {
    await checkToken(request, readiness);
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics());
  });
}

async function checkToken(
  { headers }: FastifyRequest,
  readiness: Readiness,
): Promise<void> {
  const [, token] =
    /^(?:bearer|token) +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (token === undefined) {
    throw new Refusal(
      'signed-out',
      `Metrics are for tokens of the hub with the scope ${SCOPE}: send one in the header Authorization.`,
    );
  }
  const { hub, hubApi } = readiness.parts;
  if (
    !same(token, hub.token) &&
    !(await hubApi.scopesOfToken(token)).includes(SCOPE)
  ) {
    throw new Refusal(
      'forbidden',
      `This token may not read metrics. Give its service or user the scope ${SCOPE} in jupyterhub_config.py.`,
    );
  }
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
