import { Service } from '../service.js';
import { siteConfig, temporaryFolder } from '../testing/facility.js';
import { FakeHub, hubEnvironment } from '../testing/fake-hub.js';
import { freePort, untilReady } from '../testing/running-service.js';
import fetch from 'node-fetch';

test('the log says who asked what and how it went, and holds no token or session id', async () => {
  using folder = temporaryFolder();
  const hub = new FakeHub();
  const port = await freePort();
  const lines: string[] = [];
  const service = await Service.start({
    env: hubEnvironment(await hub.start(), {
      JUPYTERHUB_SERVICE_URL: `http://127.0.0.1:${port}`,
      JUPYTERHUB_API_TOKEN: 's3cret-of-service',
      BEAMTIME_CONFIG: JSON.stringify({
        ...siteConfig(folder.path),
        catalogue: undefined,
      }),
    }),
    uid: 1000,
    log: { write: (line) => lines.push(line) },
  });
  await untilReady(service);
  const base = `http://127.0.0.1:${port}/jupyter/services/beamtime/`;
  const token = hub.pageToken('alice', 's3cret-page');
  const headers = {
    authorization: `Bearer ${token}`,
    cookie: 'beamtime-session=s3cret-cookie',
    'x-beamtime-xsrf': 's3cret-xsrf',
  };
  for (const path of [
    'api/v1/me?token=s3cret-query',
    'api/v1/experiments?cursor=s3cret-cursor',
    'api/v1/experiments/icat%3As3cret-key',
    'oauth_callback?code=s3cret-code&state=s3cret-state',
    'metrics',
    '?token=s3cret-page-query',
  ]) {
    await fetch(new URL(path, base), { headers, redirect: 'manual' });
  }
  await hub.stop();
  // With a fault behind it, which is logged too.
  await fetch(new URL('api/v1/me', base), {
    headers: { authorization: 'Bearer s3cret-late' },
  });
  await service.stop();
  const log = lines.join('');
  expect(log).toContain('"user":"alice"');
  expect(log).toContain('/experiments/:key');
  expect(log).toContain('"status":503');
  // The session's name is no secret, it is what the person calls it; nor is the address asked.
  expect(log.replaceAll('"server":"s3cret-page"', '')).not.toContain('s3cret');
  expect(log).not.toMatch(/authorization|cookie":/i);
});
