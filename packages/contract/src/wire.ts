import * as z from 'zod/mini';

/**
 * Version of everything in this package that crosses a wire. Lab sends it in
 * {@link CONTRACT_HEADER}: a session may be older than the service it talks to.
 */
export const CONTRACT_VERSION = 1;

/** The request header that carries the caller's {@link CONTRACT_VERSION}. */
export const CONTRACT_HEADER = 'x-beamtime-contract';

/** The versions that a service of this contract answers: the current and the previous one. */
export function isSupportedContract(version: number): boolean {
  return version === CONTRACT_VERSION || version === CONTRACT_VERSION - 1;
}

/** Why the service refused, in terms that a program can act on. */
export const FailureCode = z.enum([
  'bad-request',
  'signed-out',
  'forbidden',
  'not-found',
  'contract-too-old',
  'unavailable',
  'internal',
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** The body of every answer of the service that is not a success. */
export const Failure = z.object({
  code: FailureCode,
  /** One or two sentences for the person: what is wrong, what to do. */
  message: z.string(),
});
export type Failure = z.infer<typeof Failure>;
