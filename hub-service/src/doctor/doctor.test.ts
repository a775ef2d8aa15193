import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../testing/facility.js';
import { freePort, runningService } from '../testing/running-service.js';
import { doctor } from './command.js';
import { Findings } from './finding.js';

type Running = Awaited<ReturnType<typeof runningService>>;

/** A service with the settings that configure would have left for it. */
async function patient(config = (site: object): object => site) {
  const service = await runningService({ config });
  const { environment, site } = service;
  writeFileSync(
    path.join(site.stateDir, 'settings.json'),
    JSON.stringify({
      config: JSON.parse(environment['BEAMTIME_CONFIG'] ?? '') as unknown,
      hub: { name: 'beamtime', jupyterhub: '6.1.1', subdomainHost: '' },
    }),
  );
  service.hub.tokens.set('service-token', {
    kind: 'service',
    name: 'beamtime',
    scopes: ['read:services!service=beamtime'],
  });
  return service;
}

async function examined(stateDir: string, ...more: string[]) {
  const lines: string[] = [];
  const output = {
    say: (line: string) => lines.push(line),
    complain: (line: string) => lines.push(line),
  };
  const words = ['--state-dir', stateDir, ...more];
  const status = await doctor.run(words, output);
  return { status, text: lines.join('\n') };
}

test('of a service that is well each line says so, and advice is no fault', async () => {
  await using service = await patient();
  const { status, text } = await examined(service.site.stateDir);
  expect(text).toMatch(/^ok {4} +service +The service is ready\.$/m);
  expect(text).toMatch(/^ok {4} +configuration +The configuration is under/m);
  expect(text).toMatch(/^ok {4} +hub +JupyterHub 6\.1\.1 answers\.$/m);
  expect(text).toMatch(/^ok {4} +hub +The service’s token is good/m);
  expect(text).toMatch(/^ok {4} +store .*beamtime\.sqlite, and it is whole/m);
  expect(text).toMatch(/^ok {4} +paths +The socket .* is closed to others?/m);
  expect(text).toMatch(/^advice {2}hub +All users share one web address/m);
  expect(text).toMatch(/→ Give each user a domain: c\.JupyterHub\.subdomain_/);
  expect(text).not.toContain('service-token');
  expect(text).toMatch(/^Nothing is wrong\.$/m);
  expect(status).toBe(0);
});

test('--json gives the findings to programs', async () => {
  await using service = await patient();
  const { text } = await examined(service.site.stateDir, '--json');
  const findings = Findings.parse(JSON.parse(text));
  expect(new Set(findings.map(({ area }) => area)).size).toBe(8);
});

const OIDC = {
  name: 'scicat',
  kind: 'scicat',
  label: 'SciCat',
  url: 'http://127.0.0.1:9/api',
  auth: { kind: 'user', issuer: 'https://id.example.org' },
};

test.each<
  [
    string,
    (service: Running) => void | Promise<void>,
    RegExp,
    ((site: object) => object)?,
  ]
>([
  [
    'a hub that is away',
    (service) => service.hub.stop(),
    /WRONG {3}hub +The hub does not answer the service at http/,
  ],
  [
    'a token that the hub does not know',
    (service) => {
      service.hub.tokens.clear();
    },
    /WRONG {3}hub .*answers 403, so the token is not known/,
  ],
  [
    'too many rights',
    (service) => {
      service.hub.tokens.set('service-token', {
        kind: 'service',
        name: 'beamtime',
        scopes: ['admin:users', 'access:servers!user=ada', 'read:services'],
      });
    },
    /advice {2}hub .*more rights than it needs: admin:users, access:servers!/,
  ],
  [
    'a folder that others may open',
    ({ site }) => chmodSync(site.stateDir, 0o755),
    /WRONG {3}paths .*is open to other accounts \(mode 755\)\.\n +→ Close it: chmod 700/,
  ],
  [
    'a socket that others may open',
    ({ site }) => chmodSync(site.socket, 0o666),
    /WRONG {3}paths +The socket .*open to other accounts \(mode 666\)/,
  ],
  [
    'a store that is damaged',
    ({ site }) => {
      for (const end of ['', '-wal', '-shm']) {
        rmSync(path.join(site.stateDir, `beamtime.sqlite${end}`), {
          force: true,
        });
      }
      writeFileSync(path.join(site.stateDir, 'beamtime.sqlite'), 'x'.repeat(9));
    },
    /WRONG {3}store .*cannot be read: .*file is not a database/,
  ],
  [
    'data that is not there',
    () => undefined,
    /advice {2}paths +The data root \/no\/such\/data is not on this machine/,
    (site) => ({ ...site, dataRoots: ['/no/such/data'] }),
  ],
  [
    'a catalogue that is away, and rights to its users’ tokens that are missing',
    () => undefined,
    /may not admin:auth_state[^]*WRONG {3}catalogues +scicat does not answer/,
    (site) => ({ ...site, catalogues: [OIDC] }),
  ],
  [
    'a catalogue that is configured wrongly',
    () => undefined,
    /WRONG {3}catalogues .*nonsense.*wrong at/,
    (site) => ({ ...site, catalogues: [{ name: 'nonsense', kind: 'x' }] }),
  ],
  [
    'a database that is away',
    () => undefined,
    /WRONG {3}store +The store postgresql:\S+ cannot be used: .*ENOENT/,
  ],
])('with %s it says so', async (...row) => {
  const [what, breakIt, words, config] = row;
  await using service = await patient(config);
  if (what.startsWith('a database')) {
    change(service, { database: { url: 'postgresql:///bt?host=/no/such' } });
    await service.service.stop();
  }
  await breakIt(service);
  const { status, text } = await examined(service.site.stateDir);
  expect(text).toMatch(words);
  expect(status).toBe(/WRONG/.test(text) ? 1 : 0);
  expect(text).toMatch(/things? (is|are) wrong|Nothing is wrong/);
});

test('while the service is down it looks itself at what it can', async () => {
  await using service = await patient();
  await service.service.stop();
  const { status, text } = await examined(service.site.stateDir);
  expect(status).toBe(1);
  expect(text).toMatch(/WRONG {3}service +The service does not answer on/);
  expect(text).toMatch(/WRONG {3}paths +The service’s socket .* is not there/);
  expect(text).toMatch(/ok {4} +configuration +The configuration of the hub’s/);
  expect(text).toMatch(/ok {4} +store .*it is whole/);
  expect(text).toMatch(/ok {4} +software +Node 24/);
});

test('asks also a service that is not ready, and tells why that is', async () => {
  const config = (site: object) => ({ ...site, scheduler: { kind: 'pbs' } });
  await using service = await runningService({ config, ready: false });
  mkdirSync(service.site.stateDir, { recursive: true, mode: 0o700 });
  writeFileSync(
    path.join(service.site.stateDir, 'settings.json'),
    JSON.stringify({
      config: service.site,
      hub: { jupyterhub: '6.1.1', subdomainHost: '' },
    }),
  );
  const { status, text } = await examined(service.site.stateDir);
  expect(text).toMatch(/WRONG {3}configuration .*scheduler\.kind/);
  expect(status).toBe(1);
});

test('where nothing was configured it says what to do', async () => {
  using folder = temporaryFolder();
  const { status, text } = await examined(folder.path);
  expect(text).toMatch(/WRONG {3}configuration .*--state-dir.*start the hub/);
  expect(status).toBe(1);
});

test.each([
  ['no server program', [], /WRONG .*has no jupyterhub-singleuser/],
  ['nothing of ours', ['jupyterhub-singleuser'], /advice .*no beamtime-lab/],
  [
    'an old one',
    ['jupyterhub-singleuser'],
    /advice .*has beamtime-lab 0\.0\.9/,
  ],
])('environments: %s', async (what, programs, words) => {
  using folder = temporaryFolder();
  const answers = {
    'an old one': 'echo 0.0.9',
    'nothing of ours': 'echo none',
  };
  const says = Object.entries(answers).find(([name]) => name === what)?.[1];
  for (const program of [...programs, 'python']) {
    const file = path.join(folder.path, program);
    writeFileSync(file, `#!/bin/sh\n${says ?? 'exit 1'}\n`, { mode: 0o755 });
  }
  await using service = await patient((site) => ({
    ...site,
    policy: {
      environments: [
        { id: 'mine', name: 'Mine', description: '', path: folder.path },
      ],
      partitions: {},
      durations: [60],
    },
  }));
  const { text } = await examined(service.site.stateDir);
  expect(text).toMatch(words);
});

test('as root it becomes the account of the service', async () => {
  using folder = temporaryFolder();
  if (process.getuid?.() === 0) {
    chownSync(folder.path, 65534, 65534);
    chmodSync(folder.path, 0o700);
  }
  const script = `import { becomeOwner } from '${__dirname}/settings.ts';
    becomeOwner('${folder.path}'); console.log(process.getuid());`;
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--experimental-transform-types',
      '--disable-warning=ExperimentalWarning',
      `--import=${path.join(__dirname, '../testing/run-source.mjs')}`,
      '--input-type=module',
      '--eval',
      script,
    ],
    { encoding: 'utf8' },
  );
  expect(Number(stdout)).toBe(statSync(folder.path).uid);
  expect(await freePort()).toBeGreaterThan(0);
});

/** Changes what the hub is configured with. */
function change({ site }: Running, more: object): void {
  const file = path.join(site.stateDir, 'settings.json');
  const kept = JSON.parse(readFileSync(file, 'utf8')) as { config: object };
  writeFileSync(
    file,
    JSON.stringify({ ...kept, config: { ...kept.config, ...more } }),
  );
}
