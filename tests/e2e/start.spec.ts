// `npm start`, as somebody types it.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { inCheckout, isRoot } from '../../scripts/shared/paths.mjs';
import { freePorts, isFree } from '../facility/ports.ts';
import { answers } from '../facility/program.ts';
import { SessionForm } from './pages/form.ts';
import { processesOf } from './processes.ts';

/** A run of `npm start`, with all that it has said. */
class Start {
  said = '';
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(...args: string[]) {
    // A group of its own, as a terminal gives it one: Ctrl-C reaches all of it.
    this.child = spawn('npm', ['start', '--', ...args], {
      cwd: inCheckout('.'),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
    this.ended = new Promise((resolve) =>
      this.child.on('exit', (code) => resolve(code)),
    );
  }

  /** Ctrl-C in the terminal; waits until nothing is left of the run. */
  async interrupt(): Promise<void> {
    const { pid, exitCode, signalCode } = this.child;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      process.kill(-pid, 'SIGINT');
    }
    await this.ended;
  }
}

let start: Start;
test.afterEach(() => start.interrupt());

test('a taken port is said, with what to do', async () => {
  const [port = 0] = await freePorts(1);
  const other = createServer();
  await new Promise<void>((resolve) =>
    other.listen(port, '127.0.0.1', resolve),
  );
  start = new Start('--port', String(port));
  expect(await start.ended).not.toBe(0);
  expect(start.said).toContain(`Port ${port} of 127.0.0.1 is taken.`);
  expect(start.said).toContain('npm start -- --port');
  expect(start.said).not.toContain('    at ');
  other.close();
});

test('an option that is none is said, with those there are', async () => {
  start = new Start('--prot', '8001');
  expect(await start.ended).not.toBe(0);
  expect(start.said).toContain('--prot');
  expect(start.said).toContain('--port');
  expect(start.said).not.toContain('    at ');
});

test('the demo runs, and Ctrl-C ends all that it started', async ({ page }) => {
  const [port = 0] = await freePorts(1);
  start = new Start('--port', String(port), '--fresh');
  const url = `http://127.0.0.1:${port}/`;
  await expect
    .poll(() => start.said, { timeout: 120_000 })
    .toContain(`Beamtime runs`);
  const password = /demo user: (\S+)/.exec(start.said)?.[1] ?? '';
  await page.goto(url);
  await page.getByLabel('Username:').fill('ines');
  await page.getByLabel('Password:').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await new SessionForm(page).start.click();
  await expect(page).toHaveURL(/\/lab/, { timeout: 60_000 });
  if (isRoot) {
    expect((await processesOf('beamtime-demo')).join()).toContain('singleuser');
  }

  await start.interrupt();
  expect(await answers(url)).toBe(false);
  expect(await isFree(port)).toBe(true);
  if (isRoot) {
    await expect.poll(() => processesOf('beamtime-demo')).toEqual([]);
    await expect.poll(() => processesOf('beamtime-service')).toEqual([]);
  }
});
