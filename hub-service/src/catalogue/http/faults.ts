import type { SourceProblem } from '@beamtime/contract';
import { FetchError } from 'node-fetch';
import { SourceError } from '../adapter.js';

const HOUR_MS = 3_600_000;

/** A source that answered, but not with what was asked for. */
export class AnsweredError extends SourceError {
  /**
   * @param body - the answer where it was JSON, else `undefined`; for telling faults apart, not
   *   for showing.
   */
  constructor(
    label: string,
    readonly status: number,
    readonly body: unknown,
    retryAfter: string | null,
  ) {
    const [kind, message] = refusal(label, status);
    super(kind, message, retryAfterMs(retryAfter, Date.now()));
  }
}

/** A source whose answer is not what its kind of catalogue gives. */
export function notUnderstood(label: string): SourceError {
  return new SourceError(
    'not-understood',
    `${label} gave an answer that is not understood. Tell the admins of this hub: its address may be wrong, or its version another.`,
  );
}

/**
 * What a failed request means. The original error is not kept: its message has the URL.
 *
 * @param ended - whether the deadline or the asker ended it.
 */
export function faultOf(
  error: unknown,
  label: string,
  { ended, mostMib }: { ended: boolean; mostMib: number },
): SourceError {
  if (ended) {
    return new SourceError(
      'timeout',
      `${label} did not answer in time. Try again in a minute.`,
    );
  }
  if (!(error instanceof FetchError)) {
    throw error; // A fault of ours: let it be seen.
  }
  switch (error.type) {
    case 'max-size':
      return new SourceError(
        'too-large',
        `${label} gave an answer of more than ${mostMib} MiB, which is not read. Ask for less, for instance with a filter.`,
      );
    case 'no-redirect':
      return new SourceError(
        'not-understood',
        `${label} points to another address, which is not followed. Tell the admins of this hub: its address has changed, or it asks for a sign-in page.`,
      );
    default:
      return unreachable(label, error.code);
  }
}

/** Whether it was the connection that failed, which may go better at once. */
export function isConnectionFault(error: unknown): boolean {
  return (
    error instanceof FetchError &&
    error.type === 'system' &&
    !isCertificateFault(error.code)
  );
}

function unreachable(label: string, code = ''): SourceError {
  return isCertificateFault(code)
    ? new SourceError(
        'unavailable',
        `${label} cannot be trusted: its certificate is not valid here (${code}). Tell the admins of this hub.`,
      )
    : new SourceError(
        'unavailable',
        `${label} cannot be reached${code === '' ? '' : ` (${code})`}. Try again in a minute.`,
      );
}

function isCertificateFault(code = ''): boolean {
  return /CERT|TLS|SSL|UNABLE_TO_VERIFY/.test(code);
}

function refusal(
  label: string,
  status: number,
): [SourceProblem['kind'], string] {
  switch (status) {
    case 401:
      return [
        'signed-out',
        `${label} does not know you any more. Sign out of the hub and in again.`,
      ];
    case 403:
      return [
        'forbidden',
        `${label} does not let you see this. If you are on the team, ask the user office.`,
      ];
    case 429:
    case 503:
      return [
        'unavailable',
        `${label} is too busy to answer. Try again in a minute.`,
      ];
    default:
      return status >= 500
        ? [
            'unavailable',
            `${label} has a fault of its own (status ${status}). Try again in a minute.`,
          ]
        : [
            'not-understood',
            `${label} did not accept the question (status ${status}). Tell the admins of this hub: its address may be wrong, or its version another.`,
          ];
  }
}

/** Seconds or a date, as the header may be; never more than an hour. */
function retryAfterMs(header: string | null, now: number): number | undefined {
  if (header === null) {
    return undefined;
  }
  const ms = /^\d+$/.test(header.trim())
    ? Number(header) * 1000
    : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), HOUR_MS);
}
