/** Why a call failed, in the terms in which a caller can act. */
export type ApiFailure =
  | 'unreachable' // no answer: try again
  | 'signed-out' // sign in at the hub, then reload
  | 'refused' // the other side says no, and why
  | 'outdated' // page and service are of different versions: restart the session
  | 'not-understood'; // the answer is not what the contract says

/** A call that failed. The message is a sentence for the person. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly failure: ApiFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
