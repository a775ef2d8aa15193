import type { Failure, FailureCode } from '@beamtime/contract';
import * as z from 'zod/mini';

const STATUS: Record<FailureCode, number> = {
  'bad-request': 400,
  'signed-out': 401,
  forbidden: 403,
  'not-found': 404,
  'contract-too-old': 409,
  internal: 500,
  unavailable: 503,
};

/** A request that is not answered, and why, in a sentence that the person may read. */
export class Refusal extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The HTTP status that goes with the code. */
  get status(): number {
    return STATUS[this.code];
  }

  get body(): Failure {
    return { code: this.code, message: this.message };
  }
}

/**
 * Checks what came in from outside.
 *
 * @param what - what it is, for the sentence: `The query`.
 * @throws {Refusal} `bad-request` if it does not have the shape.
 */
export function parseOrRefuse<S extends z.ZodMiniType>(
  schema: S,
  value: unknown,
  what: string,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new Refusal(
      'bad-request',
      `${what} is not understood: ${describeIssues(parsed.error)}`,
    );
  }
  return parsed.data;
}

z.config(z.locales.en());

/** The first fault of several in words, with its place: `policy.durations: Invalid input…`. */
export function describeIssues(error: z.core.$ZodError): string {
  const [first] = error.issues;
  if (!first) {
    return 'no reason was given.';
  }
  const place = z.core.toDotPath(first.path);
  const more = error.issues.length - 1;
  return `${place === '' ? '' : `${place}: `}${first.message}${more > 0 ? ` (and ${more} more)` : ''}.`;
}

/** What a thrown thing says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
