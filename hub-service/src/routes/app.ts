import cookie from '@fastify/cookie';
import {
  fastify,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import type { Finding } from '../doctor/finding.js';
import type { Metrics } from '../metrics.js';
import type { Readiness } from '../readiness.js';
import { pageRoutes } from '../pages/routes.js';
import { apiRoutes } from './api.js';
import type { EventStreams } from './event-streams.js';
import { answerFailures } from './failures.js';
import { healthRoute } from './health.js';
import { internalRoutes } from './internal.js';
import { logRequests } from './log.js';
import { countRequests, metricsRoute } from './metrics.js';

const common: FastifyServerOptions = {
  // We log what was asked for without its query, see log.ts.
  logController: new LogController({ disableRequestLogging: true }),
  forceCloseConnections: true,
  bodyLimit: 256 * 1024,
  routerOptions: { maxParamLength: 500 },
};

/** Where log lines go: nowhere, to the standard output, or to whoever looks at them. */
export type Log = boolean | { write(line: string): void };

/** What goes on whatever is asked. */
export interface Ongoing {
  metrics: Metrics;
  events: EventStreams;
}

/** The service as browsers see it, below its prefix. */
export async function publicApp(
  readiness: Readiness,
  prefix: string,
  log: Log,
  { metrics, events }: Ongoing,
): Promise<FastifyInstance> {
  const app = fastify({ ...common, logger: loggerFor(log) });
  logRequests(app);
  countRequests(app, metrics);
  app.addHook('preClose', (done) => {
    events.close();
    done();
  });
  answerFailures(app);
  await app.register(cookie);
  await app.register(
    async (scope) => {
      healthRoute(scope, readiness);
      metricsRoute(scope, readiness, metrics);
      await scope.register(
        (api, _options, done) => {
          apiRoutes(api, readiness, events);
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
  log: Log,
  examine: () => Promise<Finding[]>,
): FastifyInstance {
  const app = fastify({ ...common, logger: loggerFor(log) });
  logRequests(app);
  answerFailures(app);
  internalRoutes(app, readiness, examine);
  return app;
}

function loggerFor(log: Log): NonNullable<FastifyServerOptions['logger']> {
  const level = 'info';
  return typeof log === 'object' ? { level, stream: log } : log && { level };
}
