import http from 'node:http';
import fetch, { type RequestInit, type Response } from 'node-fetch';
import { Service } from '../service.js';
import { FakeHub, hubEnvironment } from './fake-hub.js';
import {
  FACILITY,
  siteConfig,
  temporaryFolder,
  writeCatalogue,
} from './facility.js';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') {
    throw new Error('no port');
  }
  return address.port;
}

/** A service on a real port and a real unix socket, at a small real hub. */
export async function runningService({
  env = {},
  config = (site: object): unknown => site,
  uid = 1000,
  ready = true,
  /** How many more experiments of alice's there are. */
  experiments = 0,
} = {}) {
  const folder = temporaryFolder();
  const hub = new FakeHub();
  const port = await freePort();
  writeCatalogue(folder.path, withMore(experiments));
  const site = siteConfig(folder.path);
  const environment = hubEnvironment(await hub.start(), {
    JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${port}`,
    BEAMTIME_CONFIG: JSON.stringify(config(site)),
    ...env,
  });
  const service = await Service.start({ env: environment, uid, log: false });
  const base = `http://127.0.0.1:${port}/jupyter/services/beamtime/`;
  if (ready) {
    await untilReady(service);
  }
  return {
    hub,
    site,
    service,
    environment,
    base,
    /** Has the facility's catalogue say something else. */
    rewrite: (content: unknown) => writeCatalogue(folder.path, content),
    /** Asks the public API or a page, without following redirects. */
    get: (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(new URL(path, base), { redirect: 'manual', ...init }),
    /** Asks the internal API over its socket. */
    ask: (path: string, body?: unknown) => askSocket(site.socket, path, body),
    [Symbol.asyncDispose]: async () => {
      await service.stop();
      await hub.stop();
      folder[Symbol.dispose]();
    },
  };
}

function withMore(number: number) {
  const more = Array.from({ length: number }, (_, index) => ({
    id: `p${index}`,
    proposal: `P-${1000 + index}`,
    title: `Sample ${index}`,
    instrument: 'BX11',
    start: '2025-01-01T08:00:00Z',
    dataPath: `/data/P-${index}`,
    team: [{ login: 'alice', name: 'Alice Müller', role: 'pi' }],
  }));
  return { ...FACILITY, experiments: [...FACILITY.experiments, ...more] };
}

/** Waits until the service answers; fails after twenty seconds with what it says is wrong. */
export async function untilReady({ readiness }: Service): Promise<void> {
  const until = Date.now() + 20_000;
  while (!readiness.isReady) {
    if (Date.now() > until) {
      throw new Error(`not ready: ${readiness.problems.join(' ')}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function askSocket(
  socketPath: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        socketPath,
        path: `/internal/v1/${path}`,
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const answer: unknown = JSON.parse(text);
          resolve({ status: response.statusCode ?? 0, body: answer });
        });
      },
    );
    request.on('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
