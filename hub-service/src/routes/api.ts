import {
  CONTRACT_HEADER,
  type DatasetPage,
  type Experiment,
  type ExperimentPage,
  ExperimentQuery,
  isSupportedContract,
} from '@beamtime/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { allowOrigin } from '../auth/cors.js';
import { type Visitor, visitorOf } from '../auth/visitor.js';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse, Refusal } from '../refusal.js';

const Params = z.object({ key: z.string() });

/** Text of a URL's query, in which numbers are text. */
const QueryText = z.object({
  text: z.optional(z.string()),
  limit: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
  cursor: z.optional(z.string()),
});

/** Reads what a list of experiments is asked for from a URL's query. */
export function readQuery(query: unknown): ExperimentQuery {
  const { limit, ...rest } = parseOrRefuse(QueryText, query, 'The query');
  return parseOrRefuse(
    ExperimentQuery,
    { ...rest, ...(limit !== undefined && { limit: Number(limit) }) },
    'The query',
  );
}

/** The API that Lab and our pages use. Only reads: there is no cookie to be abused for more. */
export function apiRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    if (readiness.isReady) {
      allowOrigin(readiness.parts.hub.host, request, reply);
    }
    done();
  });
  app.options('/*', (_request, reply) => reply.status(204).send());

  const visitor = async (request: FastifyRequest): Promise<Visitor> => {
    checkContract(request.headers[CONTRACT_HEADER]);
    const { identities, pageSessions } = readiness.parts;
    const found = await visitorOf(request, identities, pageSessions);
    request.who = { user: found.name, server: found.server };
    return found;
  };

  app.get('/me', async (request) => {
    const { name, ...rest } = await visitor(request);
    return { user: name, ...rest };
  });

  app.get('/experiments', async (request): Promise<ExperimentPage> => {
    const who = await visitor(request);
    return readiness.parts.catalogue.experiments(who, readQuery(request.query));
  });

  app.get('/experiments/:key', async (request): Promise<Experiment> => {
    const who = await visitor(request);
    const { key } = parseOrRefuse(Params, request.params, 'The address');
    return readiness.parts.catalogue.experiment(who, key);
  });

  app.get(
    '/experiments/:key/datasets',
    async (request): Promise<DatasetPage> => {
      const who = await visitor(request);
      const { key } = parseOrRefuse(Params, request.params, 'The address');
      return readiness.parts.catalogue.datasets(who, key);
    },
  );
}

/** Sessions live longer than a hub between two upgrades, so a caller may be old. */
function checkContract(header: unknown): void {
  if (header !== undefined && !isSupportedContract(Number(header))) {
    throw new Refusal(
      'contract-too-old',
      'This session and the hub are of different versions. Restart your session: Hub Control Panel, Stop My Server, then start it again.',
    );
  }
}
