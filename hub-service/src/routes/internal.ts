import {
  Caller,
  type ExperimentPage,
  ExperimentQuery,
  ForgetPreset,
  type FormData,
  FormQuery,
  KeepPreset,
  type Plan,
  PlanQuery,
  type Presets,
  PresetsQuery,
} from '@beamtime/contract';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Finding } from '../doctor/finding.js';
import type { Readiness } from '../readiness.js';
import { parseOrRefuse } from '../refusal.js';

const THE_QUESTION = 'The question';
import { type JobsAnswer, JobsQuery } from '../scheduler/jobs/job.js';

const ExperimentsQuery = z.object({ caller: Caller, query: ExperimentQuery });

/**
 * What the hub asks. Whoever can open the socket is believed about who the person is: it
 * belongs to the service's account alone.
 */
export function internalRoutes(
  app: FastifyInstance,
  readiness: Readiness,
  examine: () => Promise<Finding[]>,
): void {
  app.get('/internal/v1/health', () => {
    const { parts } = readiness; // Throws the reason if there is none yet.
    return { ok: Boolean(parts) };
  });

  // For `beamtime doctor`, above all while the service is not ready.
  app.get('/internal/v1/doctor', examine);

  app.post('/internal/v1/plan', async (request): Promise<Plan> => {
    const { sessions } = readiness.parts;
    const query = parseOrRefuse(PlanQuery, request.body, THE_QUESTION);
    request.who = { user: query.caller.name, server: query.server };
    return sessions.plan(query);
  });

  app.post('/internal/v1/form', async (request): Promise<FormData> => {
    const { sessions } = readiness.parts;
    const query = parseOrRefuse(FormQuery, request.body, THE_QUESTION);
    request.who = { user: query.caller.name, server: query.server };
    return sessions.form(query);
  });

  app.post('/internal/v1/presets', async (request): Promise<Presets> => {
    const { sessions } = readiness.parts;
    const { caller } = parseOrRefuse(PresetsQuery, request.body, THE_QUESTION);
    request.who = { user: caller.name, server: null };
    return { presets: await sessions.presetsOf(caller) };
  });

  app.post('/internal/v1/presets/keep', async (request): Promise<Presets> => {
    const { sessions } = readiness.parts;
    const { caller, preset } = parseOrRefuse(
      KeepPreset,
      request.body,
      'The preset',
    );
    request.who = { user: caller.name, server: null };
    return { presets: await sessions.keepPreset(caller, preset) };
  });

  app.post('/internal/v1/presets/forget', async (request): Promise<Presets> => {
    const { sessions } = readiness.parts;
    const { caller, name } = parseOrRefuse(
      ForgetPreset,
      request.body,
      THE_QUESTION,
    );
    request.who = { user: caller.name, server: null };
    return { presets: await sessions.forgetPreset(caller, name) };
  });

  app.post(
    '/internal/v1/experiments',
    async (request): Promise<ExperimentPage> => {
      const { catalogue } = readiness.parts;
      const { caller, query } = parseOrRefuse(
        ExperimentsQuery,
        request.body,
        THE_QUESTION,
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
      return jobs.ask(parseOrRefuse(JobsQuery, request.body, THE_QUESTION));
    },
  );
}
