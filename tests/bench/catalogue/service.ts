import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { binary, stateDir } from '../../../scripts/shared/paths.mjs';
import { run } from '../../../scripts/shared/run.mjs';
import { node24 } from '../../../scripts/shared/setup.mjs';
import { systemAccount } from '../../facility/accounts.ts';
import { freePorts } from '../../facility/ports.ts';
import { answers, Program } from '../../facility/program.ts';
import { generate, VISITORS } from './generate.ts';
import { StandInHub } from './stand-in-hub.ts';

const PREFIX = '/services/beamtime/';

/** A service with a large embedded catalogue, without a hub's proxy before it. */
export interface LargeCatalogue {
  /** Where its API begins. */
  api: string;
  /** MiB of memory that the process has now. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

/** Generates the catalogue, imports it by the command line and starts the service. */
export async function startLargeCatalogue(
  experiments: number,
): Promise<LargeCatalogue> {
  const folder = path.join(stateDir, 'bench-catalogue');
  const state = path.join(folder, 'state');
  await rm(folder, { recursive: true, force: true });
  await mkdir(state, { recursive: true });
  await chmod(folder, 0o755);
  const account = await systemAccount('beamtime-service');
  if (account !== null) {
    await run('chown', [`${account}:`, state]);
  }
  const csv = path.join(folder, 'csv');
  await generate(csv, experiments);
  const node = await node24();
  const bundle = await bundleFolder();
  await run(node, [
    path.join(bundle, 'cli.js'),
    ...['catalogue', 'import', csv, '--state-dir', state],
  ]);
  const hub = await StandInHub.start({
    [VISITORS.office]: ['office'],
    [VISITORS.scientist]: [],
    [VISITORS.member]: [],
    [VISITORS.newcomer]: [],
  });
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${String(port)}`;
  const service = new Program(
    'The service',
    withAccount(account, [
      node,
      ...AS_CONFIGURED,
      path.join(bundle, 'main.js'),
    ]),
    {
      logFile: path.join(folder, 'service.log'),
      cwd: state,
      env: { ...process.env, ...environment(hub, url, state) },
    },
  );
  const stop = async () => {
    await service.stop(10);
    await hub.stop();
  };
  try {
    await service.until(() => answers(`${url}${PREFIX}healthz`), 60);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    api: `${url}${PREFIX}api/v1/`,
    memory: () => memoryOf(service.pid),
    stop,
  };
}

/** What beamtime_hub.configure starts Node with. */
const AS_CONFIGURED = ['--max-semi-space-size=2', '--optimize-for-size'];

/** The installed service: the checkout may be where its account cannot read. */
async function bundleFolder(): Promise<string> {
  const stdout = await run(binary('hub', 'python'), [
    '-c',
    'from beamtime_hub.places import SERVICE; print(SERVICE.parent)',
  ]);
  return stdout.trim();
}

type Command = [string, ...string[]];

function withAccount(account: string | null, command: Command): Command {
  return account === null
    ? command
    : [
        'setpriv',
        `--reuid=${account}`,
        `--regid=${account}`,
        '--clear-groups',
        ...command,
      ];
}

function environment(hub: StandInHub, url: string, state: string) {
  return {
    JUPYTERHUB_API_URL: hub.apiUrl,
    JUPYTERHUB_API_TOKEN: 'service-token',
    JUPYTERHUB_CLIENT_ID: 'service-beamtime',
    JUPYTERHUB_BASE_URL: '/',
    JUPYTERHUB_OAUTH_CALLBACK_URL: `${PREFIX}oauth_callback`,
    JUPYTERHUB_OAUTH_ACCESS_SCOPES: '["access:services"]',
    JUPYTERHUB_SERVICE_PREFIX: PREFIX,
    JUPYTERHUB_SERVICE_URL: url,
    BEAMTIME_CONFIG: JSON.stringify({
      socket: path.join(state, 's.sock'),
      stateDir: state,
      scheduler: { kind: 'local' },
      policy: {
        environments: [
          { id: 'a', name: 'A', description: 'Everything', path: '/usr/bin' },
        ],
        partitions: { local: { title: 'This machine' } },
        durations: [60],
      },
      catalogues: [
        { name: 'embedded', kind: 'embedded', label: 'The catalogue' },
      ],
      dataRoots: ['/data'],
      staffGroups: ['office'],
    }),
  };
}

async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kilobytes) / 1024;
}
