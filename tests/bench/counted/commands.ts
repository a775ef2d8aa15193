import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stateDir } from '../../../scripts/shared/paths.mjs';
import { run } from '../../../scripts/shared/run.mjs';

const folder = path.join(stateDir, 'bench-counted');
const log = path.join(folder, 'calls.log');

/** What a hub asks Slurm with. */
export const COMMANDS = ['squeue', 'sinfo', 'scontrol', 'sacct'] as const;
export type Command = (typeof COMMANDS)[number];

export interface Calls {
  count: Record<Command, number>;
  /** Seconds of CPU time, of the commands themselves. */
  cpuSeconds: number;
}

/**
 * Puts scripts before Slurm's commands that run the real one and note what it cost. Call it
 * before the hubs start: they inherit the PATH.
 */
export async function countCommands(): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const command of COMMANDS) {
    const real = (
      await run('bash', [
        '-c',
        `PATH=\${PATH#${folder}:} command -v ${command}`,
      ])
    ).trim();
    const script = path.join(folder, command);
    await writeFile(
      script,
      `#!/bin/bash
TIMEFORMAT='${command} %U %S'
{ time ${real} "$@" 2>&3; } 3>&2 2>>${log}
`,
    );
    await chmod(script, 0o755);
  }
  await forgetCalls();
  const { PATH = '' } = process.env;
  if (!PATH.startsWith(`${folder}:`)) {
    process.env['PATH'] = `${folder}:${PATH}`;
  }
}

export async function forgetCalls(): Promise<void> {
  await writeFile(log, '');
  await chmod(log, 0o666);
}

/** What was called since {@link forgetCalls}. */
export async function callsSoFar(): Promise<Calls> {
  const calls: Calls = {
    count: { squeue: 0, sinfo: 0, scontrol: 0, sacct: 0 },
    cpuSeconds: 0,
  };
  for (const line of (await readFile(log, 'utf8')).split('\n')) {
    const [name, user, system] = line.split(' ');
    const command = COMMANDS.find((known) => known === name);
    if (command !== undefined) {
      calls.count[command] += 1;
      calls.cpuSeconds += Number(user) + Number(system);
    }
  }
  return calls;
}
