import path from 'node:path';
import { inCheckout, stateDir } from '../../scripts/shared/paths.mjs';
import { run, tryRun } from '../../scripts/shared/run.mjs';

export interface SlurmOptions {
  users: readonly string[];
  /** `linux`: jobs that use more memory than they asked for are killed. */
  jobacct?: 'linux' | 'none';
  /** Users see only their own jobs. */
  privateJobs?: boolean;
}

/** A real Slurm on this machine, see slurm/up.sh. */
export class Slurm {
  private constructor() {}

  static async start(options: SlurmOptions): Promise<Slurm> {
    await run(
      'bash',
      [
        inCheckout('tests/facility/slurm/up.sh'),
        '--clean',
        '--users',
        options.users.join(' '),
        '--jobacct',
        options.jobacct ?? 'none',
        ...(options.privateJobs === true ? ['--private-data', 'jobs'] : []),
      ],
      { env: { BEAMTIME_SLURM_DIR: path.join(stateDir, 'slurm') } },
    );
    return new Slurm();
  }

  /** The user's jobs as squeue sees them, `id state` a line; asked as `as` if given. */
  async jobs(user: string, as?: string): Promise<string[]> {
    const query = ['squeue', '-h', '-u', user, '-o', '%A %T'];
    const command =
      as === undefined ? query : ['runuser', '-u', as, '--', ...query];
    const output = await run(command[0] ?? '', command.slice(1));
    return output.split('\n').filter((line) => line !== '');
  }

  async stop(): Promise<void> {
    await tryRun('bash', [inCheckout('tests/facility/slurm/down.sh')], {
      env: { BEAMTIME_SLURM_DIR: path.join(stateDir, 'slurm') },
    });
  }
}
