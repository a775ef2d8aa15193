import { CONTRACT_HEADER, CONTRACT_VERSION, Failure } from '@beamtime/contract';
import type * as z from 'zod/mini';
import { ApiError, type ApiFailure } from './error.js';

/** `fetch`, or what signs requests before it. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** Who is asked: the name stands in the sentences of errors. */
export interface Endpoint {
  name: string;
  fetch: Fetch;
}

/**
 * Asks and checks the answer. Nothing unchecked gets past this function.
 *
 * @throws {@link ApiError} for whatever keeps the answer from the caller, except an abort:
 *   that is thrown as the signal's reason.
 */
export async function ask<T>(
  { name, fetch }: Endpoint,
  url: URL,
  schema: z.ZodMiniType<T>,
  init: RequestInit & { signal: AbortSignal },
): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  headers.set(CONTRACT_HEADER, String(CONTRACT_VERSION));
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...init, headers });
    body = await readJson(response);
  } catch (cause) {
    init.signal.throwIfAborted();
    throw new ApiError(
      'unreachable',
      `${name} does not answer. Check your network, then try again.`,
      { cause },
    );
  }
  if (!response.ok) {
    throw refusal(name, response.status, body);
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    throw new ApiError(
      'not-understood',
      `${name} gave an answer that this page does not understand. Reload the page; if it stays so, tell support.`,
      { cause: parsed.error },
    );
  }
  return parsed.data;
}

/** `undefined` if it is no JSON; a connection that breaks off meanwhile is thrown. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(name: string, status: number, body: unknown): ApiError {
  const parsed = Failure.safeParse(body);
  if (parsed.success) {
    const { code, message } = parsed.data;
    return new ApiError(FAILURES[code], message);
  }
  if (status === 401 || status === 403) {
    return new ApiError(
      'signed-out',
      `${name} does not know you any more. Sign in at the hub again, then reload the page.`,
    );
  }
  // A proxy speaks for a service that is away.
  return status >= 502
    ? new ApiError(
        'unreachable',
        `${name} is away (${status}). Try again in a minute.`,
      )
    : new ApiError('refused', `${name} refused the request (${status}).`);
}

const FAILURES: Record<Failure['code'], ApiFailure> = {
  'bad-request': 'refused',
  'signed-out': 'signed-out',
  forbidden: 'refused',
  'not-found': 'refused',
  'contract-too-old': 'outdated',
  unavailable: 'unreachable',
  internal: 'refused',
};
