import type { Failure } from './protocol.js';

/** An error with a reason that the page puts into words. */
export class FileFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
    this.name = 'FileFailure';
  }
}

/** What an HTTP status says about `file`. */
export function failureOfStatus(status: number, file: string): Failure {
  switch (status) {
    case 401:
    case 403:
      return { kind: 'forbidden', file };
    case 404:
    case 410:
      return { kind: 'missing', file };
    case 412:
    case 416:
      return { kind: 'changed', file };
    // 0: no answer. 424 and 5xx: a proxy or hub whose server is gone.
    case 0:
    case 424:
    case 502:
    case 503:
    case 504:
      return { kind: 'unreachable', file };
    default:
      return {
        kind: 'unreadable',
        detail: `The server answered ${status} for ${file}.`,
      };
  }
}
