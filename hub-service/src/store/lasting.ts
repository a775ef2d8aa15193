import type { SessionRequest } from '@beamtime/contract';

/** Where a link to data has led: see `labPath`. */
const LINKED = '/lab?beamtime-experiment=';

/** The part of a choice that still means something next week: a reservation ends, a link was followed. */
export function lasting(request: SessionRequest): SessionRequest {
  const rest = { ...request };
  delete rest.reservation;
  if (rest.default_url?.startsWith(LINKED) === true) {
    delete rest.default_url;
  }
  return rest;
}
