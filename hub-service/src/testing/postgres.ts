import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { pause } from '../timing.js';
import { temporaryFolder } from './facility.js';

const DEBIANS = '/usr/lib/postgresql';
/** No waiting for the disk: what a test loses with the machine, it does not miss. */
const QUICK = ['-c', 'fsync=off'];

/** Debian's own PostgreSQL on a unix socket in a folder of the test's own. */
export class TestPostgres {
  private process: ChildProcess | null = null;

  private constructor(
    private readonly folder: { path: string } & Disposable,
    private readonly bin: string,
    private readonly account: { uid?: number; gid?: number },
    private readonly options: readonly string[],
  ) {}

  /**
   * Makes a cluster and starts it.
   *
   * @param durable - whether it waits for the disk, as in production.
   */
  static async start({ durable = false } = {}): Promise<TestPostgres> {
    const server = new TestPostgres(
      temporaryFolder(),
      binaries(),
      unprivileged(),
      durable ? [] : QUICK,
    );
    server.make();
    await server.start();
    return server;
  }

  /** @param user - `postgres` needs no password; roles that a test makes do. */
  url(user = 'postgres', database = 'postgres'): string {
    const host = encodeURIComponent(this.folder.path);
    return `postgresql:///${database}?user=${user}&host=${host}`;
  }

  /** Asks the server as its superuser. */
  async ask(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({
      host: this.folder.path,
      user: 'postgres',
      database: 'postgres',
      application_name: 'test',
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async start(): Promise<void> {
    const { path: folder } = this.folder;
    const where = ['-D', path.join(folder, 'data'), '-k', folder];
    this.process = spawn(
      path.join(this.bin, 'postgres'),
      [...where, '-c', 'listen_addresses=', ...this.options],
      { stdio: 'ignore', cwd: folder, ...this.account },
    );
    const until = Date.now() + 30_000;
    while (!(await this.answers())) {
      if (Date.now() > until) {
        throw new Error('PostgreSQL does not start.');
      }
      await pause(20);
    }
  }

  /** @param signal - `SIGINT`: at once but in order; `SIGQUIT`: as in a crash. */
  async stop(signal: 'SIGINT' | 'SIGQUIT' = 'SIGINT'): Promise<void> {
    const { process } = this;
    this.process = null;
    if (process && process.exitCode === null) {
      const ended = once(process, 'exit');
      process.kill(signal);
      await ended;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    this.folder[Symbol.dispose]();
  }

  private make(): void {
    const { uid, gid } = this.account;
    const data = path.join(this.folder.path, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (uid !== undefined && gid !== undefined) {
      chownSync(this.folder.path, uid, gid);
      chownSync(data, uid, gid);
    }
    execFileSync(
      path.join(this.bin, 'initdb'),
      ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--no-locale', '--no-sync'],
      { stdio: 'ignore', cwd: this.folder.path, ...this.account },
    );
    // The first line that fits counts.
    writeFileSync(
      path.join(data, 'pg_hba.conf'),
      'local all postgres trust\nlocal all all scram-sha-256\n',
    );
  }

  private async answers(): Promise<boolean> {
    try {
      await this.ask('select 1');
      return true;
    } catch {
      return false;
    }
  }
}

function binaries(): string {
  const found = existsSync(DEBIANS)
    ? readdirSync(DEBIANS).map((version) => path.join(DEBIANS, version, 'bin'))
    : [];
  const bin = found.find((folder) => existsSync(path.join(folder, 'initdb')));
  if (bin === undefined) {
    throw new Error(
      `There is no PostgreSQL in ${DEBIANS}. On Debian or Ubuntu: sudo apt-get install postgresql`,
    );
  }
  return bin;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
