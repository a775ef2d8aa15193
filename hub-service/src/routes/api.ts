import {
  CONTRACT_HEADER,
  type DatasetPage,
  type Experiment,
  type ExperimentPage,
  ExperimentQuery,
  type FilePage,
  type Filters,
  isSupportedContract,
  PartQuery,
} from '@beamtime/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod/mini';
import { allowOrigin } from '../auth/cors.js';
import { type Visitor, visitorOf } from '../auth/visitor.js';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse, Refusal } from '../refusal.js';
import { bookmarkRoutes } from './bookmarks.js';
import type { EventStreams } from './event-streams.js';
import { eventRoute } from './events.js';
import { checkPicture } from './thumbnail.js';

const Params = z.object({ key: z.string() });
const DatasetParams = z.object({ key: z.string(), dataset: z.string() });

/** A URL's query: numbers are text, and a list is a name that is there several times. */
const QueryText = z.catchall(
  z.object({
    limit: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
    instruments: z.optional(z.union([z.string(), z.array(z.string())])),
  }),
  z.unknown(),
);

/** Reads what a list of experiments is asked for from a URL's query. */
export function readQuery(query: unknown): ExperimentQuery {
  return parseOrRefuse(ExperimentQuery, asValues(query), 'The query');
}

/** Reads what a list of datasets or files is asked for from a URL's query. */
function readPartQuery(query: unknown): PartQuery {
  return parseOrRefuse(PartQuery, asValues(query), 'The query');
}

function asValues(query: unknown): Record<string, unknown> {
  const { limit, instruments, ...rest } = parseOrRefuse(
    QueryText,
    query,
    'The query',
  );
  return {
    ...rest,
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(instruments !== undefined && { instruments: [instruments].flat() }),
  };
}

/** The API that Lab and our pages use. A cookie only reads: there is nothing to abuse it for. */
export function apiRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  events: EventStreams,
): void {
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
      return readiness.parts.catalogue.datasets(
        who,
        key,
        readPartQuery(request.query),
      );
    },
  );

  app.get(
    '/experiments/:key/datasets/:dataset/files',
    async (request): Promise<FilePage> => {
      const who = await visitor(request);
      const { key, dataset } = parseOrRefuse(
        DatasetParams,
        request.params,
        'The address',
      );
      return readiness.parts.catalogue.files(
        who,
        key,
        dataset,
        readPartQuery(request.query),
      );
    },
  );

  app.get(
    '/experiments/:key/datasets/:dataset/thumbnail',
    async (request, reply) => {
      const who = await visitor(request);
      const { key, dataset } = parseOrRefuse(
        DatasetParams,
        request.params,
        'The address',
      );
      const found = await readiness.parts.catalogue.thumbnail(
        who,
        key,
        dataset,
      );
      return reply
        .type(found.type)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(checkPicture(found));
    },
  );

  bookmarkRoutes(app, readiness, visitor, events);
  eventRoute(app, visitor, events);

  app.get('/filters', async (request): Promise<Filters> => {
    const who = await visitor(request);
    return readiness.parts.catalogue.filters(who);
  });
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
