import { SitePolicy } from '@beamtime/contract';
import * as z from 'zod/mini';
import { describeIssues } from './refusal.js';
import { DatabaseSettings } from './store/postgres/settings.js';

const AbsolutePath = z
  .string()
  .check(
    z.regex(/^\/[^\0]*$/, 'expected an absolute path, for instance /srv/x'),
  );

/** What the admin set through `beamtime_hub.configure`: the JSON of `BEAMTIME_CONFIG`. */
export const SiteConfig = z.object({
  /** Unix socket of the internal API. Linux allows 107 bytes; some are for our temporary name. */
  socket: AbsolutePath.check(z.maxLength(95)),
  /** Folder of the service's own data. */
  stateDir: AbsolutePath,
  /** Where what people chose is kept; a file in `stateDir` by default. */
  database: z.optional(DatabaseSettings),
  scheduler: z.object({ kind: z.enum(['slurm', 'local']) }),
  policy: SitePolicy,
  /** File of an embedded catalogue: the short form of an entry of `catalogues`. */
  catalogue: z.optional(AbsolutePath),
  /** Looked at one by one, see `catalogue/config.ts`: a wrong one does not stop the others. */
  catalogues: z._default(z.array(z.unknown()), []),
  /** A data path outside these is not given to sessions. */
  dataRoots: z._default(z.array(AbsolutePath), []),
  /** Hub groups whose members see every experiment. */
  staffGroups: z._default(z.array(z.string()), []),
  /** Instruments to the hub groups whose members see the instrument's experiments. */
  instrumentGroups: z._default(z.record(z.string(), z.array(z.string())), {}),
  /** Named sessions: how many, `limit: null` for any number or not known; `null` for none. */
  namedSessions: z._default(
    z.nullable(z.object({ limit: z.nullable(z.int()) })),
    null,
  ),
});
export type SiteConfig = z.infer<typeof SiteConfig>;

const Text = z.string().check(z.minLength(1));
const HubVariables = z.object({
  JUPYTERHUB_API_URL: Text,
  JUPYTERHUB_API_TOKEN: Text,
  JUPYTERHUB_CLIENT_ID: Text,
  JUPYTERHUB_BASE_URL: Text,
  JUPYTERHUB_OAUTH_CALLBACK_URL: Text,
  JUPYTERHUB_OAUTH_ACCESS_SCOPES: Text,
  JUPYTERHUB_HOST: z.optional(z.string()),
});

/** How to reach the hub, and as whom. */
export interface HubConnection {
  /** The hub's REST API as this machine reaches it, without a slash at the end. */
  apiUrl: string;
  /** The service's own token, which is its OAuth secret too. */
  token: string;
  clientId: string;
  /** Where the hub's pages are for a browser, `/` at the end; absolute with subdomain_host. */
  hubUrl: string;
  callbackUrl: string;
  /** A person with any of these scopes may see the service's pages. */
  accessScopes: readonly string[];
  /** `https://hub.example.org` with subdomain_host, else empty. */
  host: string;
}

export type Checked<T> =
  { ok: true; value: T } | { ok: false; problem: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads JupyterHub's own variables. */
export function readHubConnection(env: Environment): Checked<HubConnection> {
  const parsed = HubVariables.safeParse(env);
  const scopes = z
    .array(z.string())
    .safeParse(readJson(env['JUPYTERHUB_OAUTH_ACCESS_SCOPES'] ?? ''));
  if (!parsed.success || !scopes.success) {
    const why = parsed.success
      ? 'JUPYTERHUB_OAUTH_ACCESS_SCOPES is not a JSON list.'
      : describeIssues(parsed.error);
    return {
      ok: false,
      problem: `Beamtime was not started by JupyterHub, or its service has no url: ${why} Let beamtime_hub.configure define the service.`,
    };
  }
  const hub = parsed.data;
  const host = hub.JUPYTERHUB_HOST ?? '';
  return {
    ok: true,
    value: {
      apiUrl: hub.JUPYTERHUB_API_URL.replace(/\/$/, ''),
      token: hub.JUPYTERHUB_API_TOKEN,
      clientId: hub.JUPYTERHUB_CLIENT_ID,
      hubUrl: `${host}${hub.JUPYTERHUB_BASE_URL}hub/`,
      callbackUrl: hub.JUPYTERHUB_OAUTH_CALLBACK_URL,
      accessScopes: scopes.data,
      host,
    },
  };
}

/** Reads `BEAMTIME_CONFIG`. */
export function readSiteConfig(env: Environment): Checked<SiteConfig> {
  const text = env['BEAMTIME_CONFIG'];
  if (text === undefined) {
    return {
      ok: false,
      problem:
        'BEAMTIME_CONFIG is not set. Let beamtime_hub.configure define the service in jupyterhub_config.py.',
    };
  }
  const parsed = SiteConfig.safeParse(readJson(text));
  return parsed.success
    ? { ok: true, value: parsed.data }
    : {
        ok: false,
        problem: `The configuration of Beamtime is wrong at ${describeIssues(parsed.error)} Mend it in jupyterhub_config.py and restart the hub.`,
      };
}

/** Where to listen; as much of it as can be read even when the rest is wrong. */
export interface Listening {
  /** `null` when JupyterHub gave no URL: then nobody could come. */
  http: { host: string; port: number } | null;
  /** The service's path for browsers, `/` at the end. */
  prefix: string;
  socket: string | null;
}

export function readListening(env: Environment): Listening {
  const url = URL.parse(env['JUPYTERHUB_SERVICE_URL'] ?? '');
  const site = z
    .object({ socket: SiteConfig.shape.socket })
    .safeParse(readJson(env['BEAMTIME_CONFIG'] ?? ''));
  const prefix = env['JUPYTERHUB_SERVICE_PREFIX'] ?? '/services/beamtime/';
  return {
    http: url && {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port === '' ? 80 : url.port),
    },
    prefix: prefix.endsWith('/') ? prefix : `${prefix}/`,
    socket: site.success ? site.data.socket : null,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
