import { randomBytes } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  binary,
  inCheckout,
  isRoot,
  stateDir,
} from '../../scripts/shared/paths.mjs';
import { run } from '../../scripts/shared/run.mjs';
import { Refusal } from '../../scripts/shared/say.mjs';
import { systemAccount } from './accounts.ts';
import { BEAMTIME, Hub, type HubOptions } from './hub.ts';
import { Program } from './program.ts';
import { Slurm, type SlurmOptions } from './slurm.ts';

/** People of the sample facility: two scientists, an instrument scientist, the hub's admin. */
export const USERS = ['alice', 'bob', 'ines', 'ada'] as const;

export interface FacilityOptions {
  /** Name of its folder below the state folder. */
  name: string;
  port: number;
  baseUrl?: string;
  /** Runs sessions as jobs of a real one-machine Slurm; as local processes without. */
  slurm?: SlurmOptions;
  /** Which copy of the sample data: tests leave their notebooks in theirs. */
  data?: 'demo' | 'test';
  /** Forgets sessions, users and homes of an earlier run. */
  fresh?: boolean;
  pollSeconds?: number;
  /** Who may sign in; {@link USERS} if left out. */
  users?: readonly string[];
  /** Folder of `jupyterhub-singleuser`, for sessions other than our JupyterLab. */
  labBin?: string | undefined;
  /** Another jupyterhub_config.py, in the checkout. */
  config?: string | undefined;
}

/** A throwaway facility: data, catalogue, hub, service and, if wanted, Slurm. */
export class Facility {
  readonly hub: Hub;
  readonly slurm: Slurm | null;
  readonly dataRoot: string;
  private readonly liveWriter: Program;

  private constructor(
    hub: Hub,
    slurm: Slurm | null,
    dataRoot: string,
    liveWriter: Program,
  ) {
    this.hub = hub;
    this.slurm = slurm;
    this.dataRoot = dataRoot;
    this.liveWriter = liveWriter;
  }

  static async start(options: FacilityOptions): Promise<Facility> {
    const folder = path.join(stateDir, options.name);
    const state = path.join(folder, 'hub');
    if (options.fresh === true) {
      await rm(state, { recursive: true, force: true });
      await rm(path.join(folder, 'home'), { recursive: true, force: true });
    }
    await mkdir(state, { recursive: true });
    await mkdir(path.join(stateDir, 'data'), { recursive: true });
    if (isRoot) {
      await chmod(folder, 0o755);
    } else if (options.slurm) {
      throw new Refusal(
        'A Slurm of its own needs root: it starts daemons and accounts. Without root, leave --slurm out.',
      );
    }
    const slurm = options.slurm ? await Slurm.start(options.slurm) : null;
    const account = slurm ? null : await systemAccount('beamtime-demo');
    const dataRoot = path.join(
      stateDir,
      'data',
      `${options.data ?? 'demo'}-${slurm ? 'users' : 'shared'}`,
    );
    await makeData(dataRoot, slurm !== null, account);
    const liveWriter = new Program(
      'The live writer',
      [
        binary('lab', 'python'),
        inCheckout('tests/facility/data/live.py'),
        dataRoot,
      ],
      { logFile: path.join(folder, 'live.log') },
    );
    try {
      const settings: HubOptions = {
        kind: slurm ? 'slurm' : 'local',
        port: options.port,
        baseUrl: options.baseUrl ?? '/',
        state,
        banner:
          account === null
            ? ''
            : 'Demo: all users share one Unix account, so they can read each other’s files.',
        password: randomBytes(9).toString('base64url'),
        users: [...(options.users ?? USERS)],
        admins: ['ada'],
        // Tests begin with an empty JupyterLab, whatever an earlier run left in a home.
        landing: options.data === 'test' ? '/lab?reset' : '/lab',
        pollSeconds: options.pollSeconds ?? 30,
        labBin: options.labBin,
        catalogue: path.join(dataRoot, 'catalogue.json'),
        dataRoots: [path.join(dataRoot, 'data')],
        serviceUser: await systemAccount('beamtime-service'),
        sharedAccount: account,
        homeTemplate: slurm ? null : path.join(folder, 'home', '{username}'),
      };
      const hub = await Hub.start(settings, {
        ...BEAMTIME,
        ...(options.config === undefined ? {} : { config: options.config }),
      });
      return new Facility(hub, slurm, dataRoot, liveWriter);
    } catch (error) {
      await liveWriter.stop(5);
      await slurm?.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.hub.stop();
    await this.liveWriter.stop(5);
    await this.slurm?.stop();
  }
}

async function makeData(
  root: string,
  realUsers: boolean,
  account: string | null,
): Promise<void> {
  await run(binary('lab', 'python'), [
    inCheckout('tests/facility/data/make_data.py'),
    root,
    ...(realUsers ? ['--unix-groups', '--users', USERS.join(' ')] : []),
    ...(account === null
      ? []
      : ['--owner-user', account, '--owner-group', account]),
  ]);
}
