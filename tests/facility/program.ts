import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program of the facility, in a process group of its own, with its output in a file. */
export class Program {
  readonly name: string;
  readonly logFile: string;
  private readonly child: ChildProcess;

  constructor(
    name: string,
    command: readonly [string, ...string[]],
    options: { logFile: string; env?: NodeJS.ProcessEnv; cwd?: string },
  ) {
    this.name = name;
    this.logFile = options.logFile;
    const log = openSync(options.logFile, 'a', 0o600);
    this.child = spawn(command[0], command.slice(1), {
      detached: true,
      stdio: ['ignore', log, log],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    closeSync(log);
    this.child.on('error', () => undefined);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its process, of which the number is also that of its group; 0 if it did not start. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The last lines that the program wrote. */
  async tail(lines = 30): Promise<string> {
    const text = await readFile(this.logFile, 'utf8').catch(() => '');
    return text.split('\n').slice(-lines).join('\n');
  }

  /**
   * Waits until `ready` holds.
   *
   * @throws Error with the end of the log if the program ends or time runs out first.
   */
  async until(ready: () => Promise<boolean>, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await ready())) {
      if (!this.running || Date.now() > deadline) {
        const why = this.running
          ? `was not ready within ${seconds} s`
          : 'ended by itself';
        throw new Error(
          `${this.name} ${why}. The end of ${this.logFile}:\n${await this.tail()}`,
        );
      }
      await sleep(100);
    }
  }

  /** Asks the program to end, and ends its whole group if it does not within `seconds`. */
  async stop(seconds = 20): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    this.signal('SIGTERM', false);
    while (this.running && Date.now() < deadline) {
      await sleep(50);
    }
    this.signal('SIGKILL', true);
  }

  private signal(signal: NodeJS.Signals, group: boolean): void {
    const { pid } = this.child;
    if (pid === undefined) {
      return;
    }
    try {
      process.kill(group ? -pid : pid, signal);
    } catch {
      // It is gone already.
    }
  }
}

/** Whether a GET of the URL is answered with success. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
