import {
  Caller,
  type ExperimentPage,
  ExperimentQuery,
  type FormData,
  FormQuery,
  type Plan,
  PlanQuery,
} from '@beamtime/contract';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse } from '../refusal.js';
import { type JobsAnswer, JobsQuery } from '../scheduler/jobs/job.js';

const ExperimentsQuery = z.object({ caller: Caller, query: ExperimentQuery });

/**
 * What the hub asks. Whoever can open the socket is believed about who the person is: it
 * belongs to the service's account alone.
 */
export function internalRoutes(
  app: FastifyInstance,
  readiness: Readiness,
): void {
  app.get('/internal/v1/health', () => {
    const { parts } = readiness; // Throws the reason if there is none yet.
    return { ok: Boolean(parts) };
  });

  app.post('/internal/v1/plan', async (request): Promise<Plan> => {
    const { sessions } = readiness.parts;
    const query = parseOrRefuse(PlanQuery, request.body, 'The question');
    request.who = { user: query.caller.name, server: query.server };
    return sessions.plan(query);
  });

  app.post('/internal/v1/form', async (request): Promise<FormData> => {
    const { sessions } = readiness.parts;
    const query = parseOrRefuse(FormQuery, request.body, 'The question');
    request.who = { user: query.caller.name, server: query.server };
    return sessions.form(query);
  });

  app.post(
    '/internal/v1/experiments',
    async (request): Promise<ExperimentPage> => {
      const { catalogue } = readiness.parts;
      const { caller, query } = parseOrRefuse(
        ExperimentsQuery,
        request.body,
        'The question',
      );
      request.who = { user: caller.name, server: null };
      return catalogue.experiments(caller, query);
    },
  );

  // Asked every second: no line of the log for that.
  app.post(
    '/internal/v1/jobs',
    { logLevel: 'error' },
    async (request): Promise<JobsAnswer> => {
      const { jobs } = readiness.parts;
      return jobs.ask(parseOrRefuse(JobsQuery, request.body, 'The question'));
    },
  );
}
