import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTRACT_HEADER } from '@beamtime/contract';

/**
 * Lets the sessions' pages call the API where each person has a domain of their own. They
 * come with a token and never with cookies, so no credentials are allowed.
 *
 * @param host - `https://hub.example.org` with subdomain_host; empty: nothing is allowed.
 */
export function allowOrigin(
  host: string,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { origin } = request.headers;
  if (host === '' || origin === undefined || !isBelow(origin, host)) {
    return;
  }
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-allow-headers': `authorization, content-type, ${CONTRACT_HEADER}`,
    'access-control-allow-methods': 'GET, PUT, DELETE',
    'access-control-max-age': '600',
    vary: 'Origin',
  });
}

function isBelow(origin: string, host: string): boolean {
  const page = URL.parse(origin);
  const hub = URL.parse(host);
  return (
    page !== null &&
    hub !== null &&
    page.protocol === hub.protocol &&
    page.port === hub.port &&
    (page.hostname === hub.hostname ||
      page.hostname.endsWith(`.${hub.hostname}`))
  );
}
