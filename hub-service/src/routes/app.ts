import cookie from '@fastify/cookie';
import {
  fastify,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import type { Readiness } from '../readiness.js';
import { pageRoutes } from '../pages/routes.js';
import { apiRoutes } from './api.js';
import { answerFailures } from './failures.js';
import { healthRoute } from './health.js';
import { internalRoutes } from './internal.js';
import { logRequests } from './log.js';

const common: FastifyServerOptions = {
  // We log what was asked for without its query, see log.ts.
  logController: new LogController({ disableRequestLogging: true }),
  forceCloseConnections: true,
  bodyLimit: 256 * 1024,
  routerOptions: { maxParamLength: 500 },
};

/**
 * The service as browsers see it, below its prefix.
 *
 * @param log - `false` in tests.
 */
export async function publicApp(
  readiness: Readiness,
  prefix: string,
  log: boolean,
): Promise<FastifyInstance> {
  const app = fastify({ ...common, logger: log ? { level: 'info' } : false });
  logRequests(app);
  answerFailures(app);
  await app.register(cookie);
  await app.register(
    async (scope) => {
      healthRoute(scope, readiness);
      await scope.register(
        (api, _options, done) => {
          apiRoutes(api, readiness);
          done();
        },
        { prefix: '/api/v1' },
      );
      await scope.register((pages, _options, done) => {
        pageRoutes(pages, readiness, prefix);
        done();
      });
    },
    { prefix: prefix.replace(/\/$/, '') },
  );
  return app;
}

/** What the hub asks, on a socket that the proxy does not know. */
export function internalApp(
  readiness: Readiness,
  log: boolean,
): FastifyInstance {
  const app = fastify({ ...common, logger: log ? { level: 'info' } : false });
  logRequests(app);
  answerFailures(app);
  internalRoutes(app, readiness);
  return app;
}
