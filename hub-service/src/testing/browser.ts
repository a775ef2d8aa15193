import type { RequestInit } from 'node-fetch';
import type { runningService } from './running-service.js';

type Running = Awaited<ReturnType<typeof runningService>>;

/** The cookies that an answer sets, as the browser sends them next. */
export function cookieOf(response: {
  headers: { raw(): Record<string, string[]> };
}): string {
  return (response.headers.raw()['set-cookie'] ?? [])
    .map((line) => line.split(';')[0] ?? '')
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

/** Goes the way of a browser: the page, the hub, back. Gives the cookie of the session. */
export async function signIn(
  { get, hub }: Running,
  name: string,
  scopes = ['access:services!service=beamtime'],
  groups: string[] = [],
) {
  const begun = await get('?text=steel');
  const hubUrl = new URL(begun.headers.get('location') ?? '', 'http://hub');
  const token = `oauth-${name}`;
  hub.tokens.set(token, { kind: 'user', name, groups, scopes });
  hub.codes.set('the-code', {
    challenge: hubUrl.searchParams.get('code_challenge') ?? '',
    token,
  });
  const state = hubUrl.searchParams.get('state') ?? '';
  const back = await get(`oauth_callback?code=the-code&state=${state}`, {
    headers: { cookie: cookieOf(begun) },
  });
  return { begun, hubUrl, back, state, cookie: cookieOf(back) };
}

/** Somebody's browser, signed in. */
export async function browserOf(
  running: Running,
  name: string,
  groups: string[] = [],
) {
  const { cookie } = await signIn(
    running,
    name,
    ['access:services!service=beamtime'],
    groups,
  );
  const ask = async (
    path: string,
    {
      headers = {},
      ...init
    }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ) => {
    const response = await running.get(path, {
      ...init,
      headers: { cookie, ...headers },
    });
    return {
      status: response.status,
      location: response.headers.get('location'),
      csp: response.headers.get('content-security-policy'),
      text: await response.text(),
    };
  };
  return {
    get: ask,
    /** Sends the form of the page before, with some of its fields changed. */
    post: (
      path: string,
      fields: Record<string, string>,
      headers: Record<string, string> = {},
    ) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers,
      }),
  };
}

/** The value of a hidden field of a page's form. */
export function fieldOf(page: string, name: string): string {
  return new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page)?.[1] ?? '';
}
