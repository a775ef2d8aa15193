import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import type { FileLocation } from './worker/protocol.js';

/** Our server extension, which serves links out of the root and names versions, then Jupyter. */
const SOURCES = ['beamtime/files/', 'files/'];

/** The source that has answered in this page; the other is not asked again. */
let knownSource: string | null = null;

export function rememberSource(source: string): void {
  knownSource = source;
}

/**
 * Where the worker finds a file, and with which headers.
 *
 * @param path - Path below the server's root, without a drive.
 */
export function locate(
  path: string,
  settings: Pick<ServerConnection.ISettings, 'baseUrl' | 'token'>,
): FileLocation {
  const base = new URL(URLExt.join(settings.baseUrl, '/'), location.href);
  const root = PageConfig.getOption('serverRoot');
  return {
    path,
    sources:
      knownSource === null
        ? SOURCES.map((source) => new URL(source, base).href)
        : [knownSource],
    headers: headersOf(settings.token, document.cookie),
    root: root.startsWith('/') ? root : null,
  };
}

/**
 * A text that is another when the file has changed: its ETag, or time and size.
 *
 * @throws Where the server does not answer, or has no such file.
 */
export async function stampOf(
  { sources, path }: FileLocation,
  settings: ServerConnection.ISettings,
): Promise<string> {
  const url = `${sources[0] ?? ''}${URLExt.encodeParts(path)}`;
  const init = { method: 'HEAD' };
  const response = await ServerConnection.makeRequest(url, init, settings);
  if (!response.ok) {
    throw new ServerConnection.ResponseError(response);
  }
  const { headers } = response;
  const names = ['ETag', 'Last-Modified', 'Content-Length'];
  return names.map((name) => headers.get(name) ?? '').join(' ');
}

/** What Jupyter asks of every request: the page's token, and the cookie said twice. */
export function headersOf(
  token: string,
  cookies: string,
): Record<string, string> {
  const xsrf = /(?:^|; )_xsrf=([^;]*)/.exec(cookies)?.[1];
  return {
    ...(token === '' ? {} : { Authorization: `token ${token}` }),
    ...(xsrf === undefined ? {} : { 'X-XSRFToken': xsrf }),
  };
}
