// What the machine itself must have: programs that come from Debian's packages.
import { existsSync, readdirSync } from 'node:fs';
import { access, constants, realpath, statfs } from 'node:fs/promises';
import path from 'node:path';
import { isRoot } from './paths.mjs';
import { run, tryRun } from './run.mjs';
import { Refusal, step } from './say.mjs';

/** Programs by the feature that needs them, each with its Debian package. */
const PROGRAMS = {
  desktop: {
    Xtigervnc: 'tigervnc-standalone-server',
    openbox: 'openbox',
    xterm: 'xterm',
    'dbus-run-session': 'dbus-daemon',
    xkbcomp: 'x11-xkb-utils',
    // The full desktop, as little of it as makes one.
    'xfce4-session': 'xfce4-session',
    xfwm4: 'xfwm4',
    'xfce4-panel': 'xfce4-panel',
    xfdesktop: 'xfdesktop4',
    // A desktop has a file manager.
    Thunar: 'thunar',
    // Small programs for the sample facility's tiles.
    xclock: 'x11-apps',
  },
  // What the peer's desktop is made of, with which ours is compared.
  peerDesktop: {
    vncserver: 'tigervnc-standalone-server',
    'dbus-launch': 'dbus-x11',
    'xfce4-session': 'xfce4-session',
    xfwm4: 'xfwm4',
    'xfce4-panel': 'xfce4-panel',
    xfdesktop: 'xfdesktop4',
    xfsettingsd: 'xfce4-settings',
    // A desktop has a file manager.
    Thunar: 'thunar',
  },
  slurm: {
    slurmctld: 'slurm-wlm',
    slurmd: 'slurm-wlm',
    munged: 'munge',
    runuser: 'util-linux',
  },
  accounting: {
    slurmdbd: 'slurmdbd',
    mariadbd: 'mariadb-server-core',
    mariadb: 'mariadb-client-core',
  },
  // The service's store is tested on a server of the tests' own.
  postgres: { initdb: 'postgresql' },
  browser: { chromium: 'chromium' },
};

/** Debian keeps the server's programs of each version apart, and none of them on the PATH. */
const POSTGRES = '/usr/lib/postgresql';

function find(program) {
  const folders = [
    ...(process.env.PATH ?? '').split(':'),
    '/usr/bin',
    '/usr/sbin',
    '/bin',
    '/sbin',
    ...(existsSync(POSTGRES) ? readdirSync(POSTGRES) : []).map((version) =>
      path.join(POSTGRES, version, 'bin'),
    ),
  ];
  return folders
    .map((folder) => path.join(folder, program))
    .find((file) => existsSync(file));
}

/** Makes sure of the programs for `features`: installs their packages as root, names them otherwise. */
export async function needPrograms(features) {
  const missing = new Map();
  for (const feature of features) {
    for (const [program, pack] of Object.entries(PROGRAMS[feature])) {
      if (!find(program)) {
        missing.set(program, pack);
      }
    }
  }
  if (missing.size === 0) {
    return;
  }
  const packages = [...new Set(missing.values())];
  await installPackages(packages, [...missing.keys()].join(', '));
  for (const program of missing.keys()) {
    if (!find(program)) {
      throw new Refusal(
        `${program} is still missing after its package ${missing.get(program)} was installed.`,
      );
    }
  }
}

async function installPackages(packages, what) {
  const command = `apt-get install ${packages.join(' ')}`;
  if (!isRoot || !find('apt-get')) {
    throw new Refusal(
      `Missing on this machine: ${what}.\nInstall the packages first, on Debian or Ubuntu with:\n    sudo ${command}`,
    );
  }
  await step(`system packages: ${packages.join(' ')}`, async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env });
    await run(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...packages],
      { env },
    );
  });
}

async function readableByAll(file) {
  for (let at = await realpath(file); at !== '/'; at = path.dirname(at)) {
    const { mode } = await import('node:fs/promises').then((fs) => fs.stat(at));
    if ((mode & 0o005) !== 0o005) {
      return false;
    }
  }
  return true;
}

/**
 * A Python (3.10 or newer, with venv) that the accounts of sessions can run too: as root
 * one below a private folder, such as /root, is passed over.
 *
 * @returns {Promise<string>} its path
 */
export async function findPython() {
  const names = [
    'python3',
    'python3.13',
    'python3.12',
    'python3.11',
    'python3.10',
  ];
  const found = [
    ...names.map((name) => path.join('/usr/bin', name)),
    ...names.map(find),
  ].filter((file) => file !== undefined && existsSync(file));
  let lacksVenv = null;
  for (const python of found) {
    await access(python, constants.X_OK);
    if (isRoot && !(await readableByAll(python))) {
      continue;
    }
    const { code, output } = await tryRun(python, [
      '-c',
      'import sys; print(sys.version_info >= (3, 10)); import ensurepip, venv',
    ]);
    if (code === 0 && output.startsWith('True')) {
      return python;
    }
    if (output.startsWith('True')) {
      lacksVenv ??= python;
    }
  }
  if (lacksVenv !== null) {
    await installPackages(['python3-venv'], `the venv module of ${lacksVenv}`);
    return lacksVenv;
  }
  throw new Refusal(
    'There is no Python 3.10 or newer that all accounts can run. On Debian or Ubuntu: sudo apt-get install python3 python3-venv',
  );
}

/** Refuses a Node that the build does not support, and a disk without room. */
export async function checkMachine(folder, gigabytes) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (!(
    major > 22 ||
    (major === 22 && minor >= 12) ||
    (major === 20 && minor >= 19)
  )) {
    throw new Refusal(
      `Node ${process.versions.node} is too old or unsupported. Needed: 20.19 or newer, or 22.12 or newer.`,
    );
  }
  let at = folder;
  while (!existsSync(at)) {
    at = path.dirname(at);
  }
  const { bavail, bsize } = await statfs(at);
  if (bavail * bsize < gigabytes * 1e9) {
    throw new Refusal(
      `${at} has ${((bavail * bsize) / 1e9).toFixed(1)} GB free; ${gigabytes} GB are needed.`,
    );
  }
}
