import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { binary, environment } from '../../scripts/shared/paths.mjs';
import { MARK, marked, signal, type Process } from './marked.ts';
import { answers, Program } from './program.ts';

export interface JupyterOptions {
  /** The environment that it runs in. */
  lab: 'lab' | 'peer-lab';
  /** The home of its user; made if it is not there. */
  home: string;
  port: number;
  env?: Record<string, string>;
  /** Words that run it: `unshare …`. */
  within?: readonly string[];
}

const TOKEN = 'tests-only';

/** Variables that would lead into another session than the one that is started. */
const FOREIGN =
  /^(DBUS_|DISPLAY$|XAUTHORITY$|XDG_|SESSION_MANAGER$|JUPYTER(?!_PATH$))/;

/** A Jupyter server on this machine, without a hub. */
export class Jupyter {
  private readonly options: JupyterOptions;
  private readonly mark = randomUUID();
  private program: Program | null = null;

  private constructor(options: JupyterOptions) {
    this.options = options;
  }

  static async start(options: JupyterOptions): Promise<Jupyter> {
    const jupyter = new Jupyter(options);
    await mkdir(options.home, { recursive: true, mode: 0o700 });
    await jupyter.run();
    return jupyter;
  }

  /** What opens JupyterLab, empty, through a port that leads here. */
  static address(port: number): string {
    return `http://127.0.0.1:${port}/lab?reset&token=${TOKEN}`;
  }

  /** Its process; 0 while it does not run. */
  get pid(): number {
    return this.program?.pid ?? 0;
  }

  /** All that it has started and that lives, and what that has started; not itself. */
  async processes(): Promise<Process[]> {
    const all = await marked(this.mark);
    return all.filter(({ pid }) => pid !== this.pid);
  }

  /** Starts it again where it was. */
  async run(): Promise<void> {
    const { lab, home, port, env, within = [] } = this.options;
    const inherited = Object.entries(process.env).filter(
      ([name]) => !FOREIGN.test(name),
    );
    const [first, ...rest] = [
      ...within,
      ...[binary(lab, 'python'), '-m', 'jupyterlab', '--no-browser'],
      ...['--allow-root', '--ServerApp.ip=127.0.0.1'],
      ...[`--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
      ...[`--IdentityProvider.token=${TOKEN}`, `--ServerApp.root_dir=${home}`],
      // Nothing is fetched from elsewhere.
      '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    ];
    this.program = new Program('Jupyter', [first, ...rest], {
      logFile: path.join(home, '..', `${path.basename(home)}.log`),
      cwd: home,
      env: {
        ...Object.fromEntries(inherited),
        HOME: home,
        SHELL: '/bin/bash',
        PATH: `${path.join(environment(lab), 'bin')}:${process.env['PATH'] ?? ''}`,
        ...env,
        [MARK]: this.mark,
      },
    });
    await this.program.until(() => answers(`http://127.0.0.1:${port}/api`), 60);
  }

  /** Asks it to end, as a hub does, and ends by force what it leaves behind. */
  async stop(): Promise<void> {
    await this.program?.stop(30);
    const deadline = Date.now() + 5000;
    while (Date.now() < deadline) {
      const left = await marked(this.mark);
      if (left.length === 0) {
        return;
      }
      await sleep(100);
    }
    for (const { pid } of await marked(this.mark)) {
      signal(pid, 'SIGKILL');
    }
  }
}
