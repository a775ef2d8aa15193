import type { SessionRequest } from '@beamtime/contract';

/** The part of a choice that still means something next week: a reservation ends. */
export function lasting(request: SessionRequest): SessionRequest {
  const rest = { ...request };
  delete rest.reservation;
  return rest;
}
