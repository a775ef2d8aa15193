import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ClientConfig } from 'pg';
import * as z from 'zod/mini';

const SSL_MODES = ['disable', 'require', 'verify-full'] as const;
const KNOWN = ['host', 'user', 'sslmode', 'sslrootcert'];

/** The admin's PostgreSQL: an entry of the site's configuration. */
export const DatabaseSettings = z.object({
  /** `postgresql://user@host:port/database`, with libpq's `host`, `user`, `sslmode`, `sslrootcert`. */
  url: z.string().check(
    z.refine((text) => problemOf(text) === null, {
      error: ({ input }) => problemOf(String(input)) ?? '',
    }),
  ),
  /** Read at each new connection, so that a password can be changed without a restart. */
  passwordFile: z.optional(
    z.string().check(z.startsWith('/', 'expected an absolute path')),
  ),
});
export type DatabaseSettings = z.infer<typeof DatabaseSettings>;

function problemOf(text: string): string | null {
  const url = URL.parse(text);
  if (!/^postgres(ql)?:$/.test(url?.protocol ?? '')) {
    return 'expected postgresql://user@host/database';
  }
  const unknown = [...(url?.searchParams.keys() ?? [])].find(
    (name) => !KNOWN.includes(name),
  );
  const mode = url?.searchParams.get('sslmode') ?? 'disable';
  if (unknown !== undefined) {
    return `there is no parameter ${unknown}; there are ${KNOWN.join(', ')}`;
  }
  return SSL_MODES.some((known) => known === mode)
    ? null
    : `sslmode is ${SSL_MODES.join(', ')}`;
}

/**
 * What `pg` needs to connect.
 *
 * A server on another machine is talked to by TLS with its certificate checked, unless
 * `sslmode` says otherwise.
 *
 * @throws {Error} if the file of `sslrootcert` cannot be read.
 */
export function connectionOf(settings: DatabaseSettings): ClientConfig {
  const url = new URL(settings.url);
  const host = url.searchParams.get('host') ?? unbracketed(url.hostname);
  const { passwordFile } = settings;
  return {
    host: host === '' ? '/var/run/postgresql' : host,
    port: Number(url.port === '' ? 5432 : url.port),
    user:
      url.searchParams.get('user') ??
      (decodeURIComponent(url.username) || 'beamtime'),
    database: decodeURIComponent(url.pathname.slice(1)) || 'beamtime',
    password:
      passwordFile === undefined
        ? decodeURIComponent(url.password)
        : async () => (await readFile(passwordFile, 'utf8')).trim(),
    ssl: tlsOf(url, host),
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    statement_timeout: 10_000,
    keepAlive: true,
  };
}

function tlsOf(url: URL, host: string): ClientConfig['ssl'] {
  const near = host === '' || host.startsWith('/') || isLoopback(host);
  const mode =
    url.searchParams.get('sslmode') ?? (near ? 'disable' : 'verify-full');
  const root = url.searchParams.get('sslrootcert');
  if (mode === 'disable') {
    return false;
  }
  return mode === 'require'
    ? { rejectUnauthorized: false }
    : { ...(root !== null && { ca: readFileSync(root, 'utf8') }) };
}

const unbracketed = (host: string) => host.replace(/^\[|\]$/g, '');
const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

/** The database in words that may be logged: without the password. */
export function nameOf({ url }: DatabaseSettings): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}
