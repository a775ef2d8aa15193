import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.js';

/** Makes every answer that is not a success a `Failure` of the contract. */
export function answerFailures(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toRefusal(error, request.id);
    logFailure(request.log, refusal);
    return reply.status(refusal.status).send(refusal.body);
  });
  app.setNotFoundHandler((_request, reply) => {
    const refusal = new Refusal(
      'not-found',
      'There is nothing at this address.',
    );
    return reply.status(refusal.status).send(refusal.body);
  });
}

/** Tells the admin what is behind an answer that is the service's or the hub's fault. */
export function logFailure(log: FastifyBaseLogger, refusal: Refusal): void {
  if (refusal.status >= 500 && refusal.cause !== undefined) {
    log.error({ err: refusal.cause }, refusal.message);
  }
}

/** Faults of ours tell their number only: the log has the rest. */
export function toRefusal(error: unknown, requestId: string): Refusal {
  if (error instanceof Refusal) {
    return error;
  }
  if (error instanceof Error && 'statusCode' in error) {
    const { statusCode, message } = error;
    if (typeof statusCode === 'number' && statusCode < 500) {
      return new Refusal('bad-request', `${message}.`.replace(/\.\.$/, '.'));
    }
  }
  return new Refusal(
    'internal',
    `Beamtime could not answer, and it is not your fault. Try again; if it stays, tell the admins of this hub the number ${requestId}.`,
    { cause: error },
  );
}
