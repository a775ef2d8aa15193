import { existsSync } from 'node:fs';
import { Service } from './service.js';
import { hubEnvironment } from './testing/fake-hub.js';
import { siteConfig, temporaryFolder } from './testing/facility.js';
import { runningService, untilReady } from './testing/running-service.js';
import { VERSION } from './version.js';

/** Any text of that form; typed, as jest's own matcher is not. */
const saying = (pattern: RegExp): unknown => expect.stringMatching(pattern);

test('says that all is well', async () => {
  await using service = await runningService();
  const health = await service.get('healthz');
  expect(health.status).toBe(200);
  expect(await health.json()).toEqual({
    ok: true,
    version: VERSION,
    problems: [],
  });
});

test('has the version of its package', async () => {
  const { default: manifest } = await import('../package.json');
  expect(VERSION).toBe(manifest.version);
});

test.each([
  ['no configuration', () => undefined, 1000, /BEAMTIME_CONFIG/],
  [
    'a wrong option',
    (site: object) => ({ ...site, scheduler: { kind: 'pbs' } }),
    1000,
    /scheduler\.kind/,
  ],
  [
    'no state folder',
    (site: object) => ({ ...site, stateDir: '/dev/null/x' }),
    1000,
    /\/dev\/null\/x cannot be used/,
  ],
  ['root', (site: object) => site, 0, /runs as root/],
])(
  'with %s it lives on and says what is wrong',
  async (_, config, uid, problem) => {
    await using service = await runningService({ config, uid, ready: false });
    await untilFailed(service.service);
    const health = await service.get('healthz');
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({
      ok: false,
      problems: [saying(problem)],
    });
    // Not 5xx: JupyterHub would end itself.
    const page = await service.get('');
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(problem);
    const api = await service.get('api/v1/me');
    expect(api.status).toBe(503);
    expect(await api.json()).toMatchObject({ code: 'unavailable' });
    if (existsSync(service.site.socket)) {
      const { status, body } = await service.ask('plan', {});
      expect(status).toBe(503);
      expect(body).toMatchObject({
        code: 'unavailable',
        message: saying(problem),
      });
    }
  },
);

test('without JupyterHub it says so', async () => {
  await using service = await runningService({
    env: { JUPYTERHUB_API_TOKEN: '' },
    ready: false,
  });
  await untilFailed(service.service);
  expect(service.service.readiness.problems[0]).toMatch(
    /not started by JupyterHub.*JUPYTERHUB_API_TOKEN/,
  );
});

test('a second one waits until the first has let go of the data', async () => {
  await using first = await runningService();
  // No port of its own: what is looked at is the data.
  const second = await Service.start({
    env: { ...first.environment, JUPYTERHUB_SERVICE_URL: '' },
    uid: 1000,
    log: false,
  });
  expect(second.readiness.isReady).toBe(false);
  await first.service.stop();
  await untilReady(second);
  // The first one's end has not taken the second one's socket away.
  expect(await first.ask('health')).toMatchObject({ status: 200 });
  await second.stop();
  expect(existsSync(first.site.socket)).toBe(false);
});

test('waits for the port of one that is about to end', async () => {
  await using first = await runningService();
  using folder = temporaryFolder();
  const starting = Service.start({
    env: hubEnvironment('http://127.0.0.1:1/hub/api', {
      JUPYTERHUB_SERVICE_URL: first.base,
      BEAMTIME_CONFIG: JSON.stringify(siteConfig(folder.path)),
    }),
    uid: 1000,
    log: false,
  });
  await first.service.stop();
  const second = await starting;
  expect((await first.get('healthz')).status).toBeLessThan(504);
  await second.stop();
});

async function untilFailed({ readiness }: Service): Promise<void> {
  const until = Date.now() + 5_000;
  while (readiness.problems.length === 0 && Date.now() < until) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
