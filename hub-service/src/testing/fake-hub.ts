import { createHash } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import * as z from 'zod/mini';

const Code = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  code: z.string(),
  redirect_uri: z.string(),
  code_verifier: z.string(),
});

/** A small real hub: answers as JupyterHub 6.1.1 did, for the calls that we make. */
export class FakeHub {
  /** Tokens and whose they are; tests add and remove. */
  readonly tokens = new Map<
    string,
    { kind: string; name: string; groups?: string[]; scopes: string[] }
  >();
  /** Codes that were handed to a browser, with the challenge that came before. */
  readonly codes = new Map<string, { challenge: string; token: string }>();
  readonly admins = new Set<string>();
  /** Servers of each person, as the hub's REST tells of them. */
  readonly servers = new Map<string, object[]>();
  /** What was asked to be started: token, address and body. */
  readonly started: { token: string; url: string; body: unknown }[] = [];
  /** What the hub says to a start. */
  startAnswer = { status: 202, message: '' };
  readonly asked: string[] = [];
  private app: FastifyInstance | null = null;

  async start(): Promise<string> {
    const app = fastify();
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) =>
        done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    app.addHook('onRequest', (request, _reply, done) => {
      this.asked.push(request.url);
      done();
    });
    app.get('/hub/api/', () => ({ version: '6.1.1' }));
    app.get('/hub/api/user', (request, reply) => {
      const token = (request.headers.authorization ?? '').replace('token ', '');
      const owner = this.tokens.get(token);
      return owner
        ? { admin: this.admins.has(owner.name), ...owner }
        : reply.status(403).send({ status: 403 });
    });
    app.get('/hub/api/users/:name', (request, reply) => {
      const { name } = z.object({ name: z.string() }).parse(request.params);
      if (request.headers.authorization !== 'token service-token') {
        return reply.status(403).send({ status: 403 });
      }
      const servers = (this.servers.get(name) ?? []).map(
        (server) =>
          [z.object({ name: z.string() }).parse(server).name, server] as const,
      );
      return { kind: 'user', name, servers: Object.fromEntries(servers) };
    });
    for (const path of ['server', 'servers/:server']) {
      app.post(`/hub/api/users/:name/${path}`, (request, reply) => {
        const token = (request.headers.authorization ?? '').replace(
          'token ',
          '',
        );
        this.started.push({ token, url: request.url, body: request.body });
        const { status, message } = this.startAnswer;
        return reply.status(status).send({ status, message });
      });
    }
    app.post('/hub/api/oauth2/token', (request, reply) => {
      const body = Code.parse(request.body);
      const issued = this.codes.get(body.code);
      const challenge = createHash('sha256')
        .update(body.code_verifier)
        .digest('base64url');
      return issued?.challenge === challenge &&
        body.client_secret === 'service-token'
        ? { access_token: issued.token, token_type: 'Bearer' }
        : reply.status(400).send({ error: 'invalid_grant' });
    });
    this.app = app;
    return `${await app.listen({ host: '127.0.0.1', port: 0 })}/hub/api`;
  }

  /** Gives out a page token of a session, as the hub does to its owner. */
  pageToken(name: string, server = ''): string {
    const token = `page-${name}-${server}`;
    this.tokens.set(token, {
      kind: 'user',
      name,
      groups: [],
      scopes: [
        `access:servers!server=${name}/${server}`,
        `custom:beamtime:api!server=${name}/${server}`,
      ],
    });
    return token;
  }

  /** Has somebody's session run, as the hub would tell of it. */
  run(owner: string, more: Record<string, unknown> = {}): void {
    const name = typeof more['name'] === 'string' ? more['name'] : '';
    const server = {
      name,
      display_name: '',
      ready: true,
      pending: null,
      stopped: false,
      started: '2026-11-21T08:00:00.000000Z',
      url: `/jupyter/user/${owner}/${name === '' ? '' : `${name}/`}`,
      full_url: null,
      user_options: {},
      ...more,
    };
    this.servers.set(owner, [...(this.servers.get(owner) ?? []), server]);
  }

  async stop(): Promise<void> {
    await this.app?.close();
  }
}

/** JupyterHub's variables for a service of that hub. */
export function hubEnvironment(
  apiUrl: string,
  more: Record<string, string> = {},
): Record<string, string> {
  return {
    JUPYTERHUB_API_URL: apiUrl,
    JUPYTERHUB_API_TOKEN: 'service-token',
    JUPYTERHUB_CLIENT_ID: 'service-beamtime',
    JUPYTERHUB_BASE_URL: '/jupyter/',
    JUPYTERHUB_OAUTH_CALLBACK_URL: '/jupyter/services/beamtime/oauth_callback',
    JUPYTERHUB_OAUTH_ACCESS_SCOPES:
      '["access:services", "access:services!service=beamtime"]',
    JUPYTERHUB_HOST: '',
    JUPYTERHUB_SERVICE_PREFIX: '/jupyter/services/beamtime/',
    JUPYTERHUB_SERVICE_URL: 'http://127.0.0.1:0',
    ...more,
  };
}
