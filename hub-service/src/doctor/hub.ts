import fetch from 'node-fetch';
import * as z from 'zod/mini';
import type { HubConnection } from '../config.js';
import { messageOf } from '../refusal.js';
import { type Finding, inArea } from './finding.js';

const { ok, advice, wrong } = inArea('hub');
const DEADLINE_MS = 5_000;

/** Rights over others that the service has no use for. */
const TOO_MUCH =
  /^(admin:|admin-ui|delete:|access:servers|users|servers|tokens|groups|shares|proxy|shutdown|self|inherit)/;

const Version = z.object({ version: z.string() });
const Owner = z.object({ scopes: z._default(z.array(z.string()), []) });

/**
 * Asks the hub as the service does.
 *
 * @param needed - scopes that the configuration asks for beyond none.
 */
export async function lookAtHub(
  hub: HubConnection,
  needed: readonly string[],
): Promise<Finding[]> {
  try {
    const { version } = Version.parse(await ask(hub, '/'));
    const major = Number(version.split('.')[0]);
    const { scopes } = Owner.parse(await ask(hub, '/user'));
    return [
      major >= 6
        ? ok(`JupyterHub ${version} answers.`)
        : wrong(`JupyterHub is ${version}.`, 'Upgrade it to 6 or newer.'),
      ...ofScopes(scopes, needed),
    ];
  } catch (error) {
    return [
      wrong(
        `The hub does not answer the service at ${hub.apiUrl}: ${messageOf(error)}.`,
        'If the hub has just restarted, try again. Else let the hub restart the service.',
      ),
    ];
  }
}

/** @param host - of `subdomain_host`; empty if users share one origin. */
export function lookAtDomains(host: string): Finding {
  return host === ''
    ? advice(
        'All users share one web address: a page of one user’s server can act for whoever opens it.',
        'Give each user a domain: c.JupyterHub.subdomain_host = "https://hub.example.org", with a certificate and DNS for *.hub.example.org.',
      )
    : ok(`Each user has a domain below ${host}.`);
}

function ofScopes(
  scopes: readonly string[],
  needed: readonly string[],
): Finding[] {
  const names = scopes.map((scope) => scope.split('!')[0] ?? '');
  const missing = needed.filter((scope) => !names.includes(scope));
  const tooMuch = scopes.filter(
    (scope, at) => TOO_MUCH.test(scope) && !needed.includes(names[at] ?? ''),
  );
  const findings = [
    ...missing.map((scope) =>
      wrong(
        `The service may not ${scope}, which the configured catalogues need.`,
        `Add it in c.JupyterHub.load_roles: {"name": "beamtime-service", "services": ["beamtime"], "scopes": ["${scope}"]}`,
      ),
    ),
    ...(tooMuch.length > 0
      ? [
          advice(
            `The service has more rights than it needs: ${tooMuch.join(', ')}.`,
            'Take them away in c.JupyterHub.load_roles.',
          ),
        ]
      : []),
  ];
  return findings.length > 0
    ? findings
    : [ok('The service’s token is good, and may no more than it needs.')];
}

async function ask(hub: HubConnection, path: string): Promise<unknown> {
  const response = await fetch(`${hub.apiUrl}${path}`, {
    headers: { authorization: `token ${hub.token}` },
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  if (!response.ok) {
    throw new Error(
      `it answers ${response.status}${response.status === 403 ? ', so the token is not known there' : ''}`,
    );
  }
  return response.json();
}
