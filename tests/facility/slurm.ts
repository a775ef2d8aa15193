import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inCheckout, stateDir } from '../../scripts/shared/paths.mjs';
import { run, tryRun } from '../../scripts/shared/run.mjs';
import { needPrograms } from '../../scripts/shared/system.mjs';

export interface SlurmOptions {
  users: readonly string[];
  /** `linux`: jobs that use more memory than they asked for are killed. */
  jobacct?: 'linux' | 'none';
  /** Users see only their own jobs. */
  privateJobs?: boolean;
  /** Accounts and priority classes, kept by slurmdbd. */
  accounting?: boolean;
}

const folder = path.join(stateDir, 'slurm');

async function up(options: SlurmOptions, ...more: string[]): Promise<void> {
  await run(
    'bash',
    [
      inCheckout('tests/facility/slurm/up.sh'),
      ...more,
      '--users',
      options.users.join(' '),
      '--jobacct',
      options.jobacct ?? 'none',
      ...(options.privateJobs === true ? ['--private-data', 'jobs'] : []),
      ...(options.accounting === true ? ['--accounting'] : []),
    ],
    { env: { BEAMTIME_SLURM_DIR: folder } },
  );
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A real Slurm on this machine, see slurm/up.sh. */
export class Slurm {
  private readonly options: SlurmOptions;

  private constructor(options: SlurmOptions) {
    this.options = options;
  }

  static async start(options: SlurmOptions): Promise<Slurm> {
    if (options.accounting === true) {
      await needPrograms(['accounting']);
    }
    await up(options, '--clean');
    return new Slurm(options);
  }

  /** Ends the controller, `slurmctld`; jobs and machines stay. */
  async stopController(): Promise<void> {
    const pid = Number(
      await readFile(path.join(folder, 'run/slurmctld.pid'), 'utf8'),
    );
    process.kill(pid, 'SIGTERM');
    while (alive(pid)) {
      await sleep(50);
    }
  }

  /** Starts what is missing, and waits until it answers. */
  async startController(): Promise<void> {
    await up(this.options);
  }

  /** The user's jobs as squeue sees them, `id state` a line; asked as `as` if given. */
  async jobs(user: string, as?: string): Promise<string[]> {
    const query = ['squeue', '-h', '-u', user, '-o', '%A %T'];
    const command =
      as === undefined ? query : ['runuser', '-u', as, '--', ...query];
    const output = await run(command[0] ?? '', command.slice(1));
    return output.split('\n').filter((line) => line !== '');
  }

  /** What the user's running jobs are charged to, `account qos` a line. */
  async charged(user: string): Promise<string[]> {
    const query = ['-h', '-u', user, '-o', '%a %q'];
    const output = await run('squeue', query);
    return output.split('\n').filter((line) => line !== '');
  }

  async stop(): Promise<void> {
    await tryRun('bash', [inCheckout('tests/facility/slurm/down.sh')], {
      env: { BEAMTIME_SLURM_DIR: folder },
    });
  }
}
