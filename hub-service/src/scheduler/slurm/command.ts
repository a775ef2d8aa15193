import { execFile } from 'node:child_process';

/** Slurm’s commands give up by themselves after about 9 s; this is for those that do not. */
const DEADLINE_MS = 12_000;
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Runs one of Slurm’s commands: gives what it printed, or fails with a sentence.
 * `more` are further variables of its environment.
 */
export type RunSlurm = (
  command: string,
  args: readonly string[],
  more?: Readonly<Record<string, string>>,
) => Promise<string>;

/** Without a shell, and without the hub's token in its environment. */
export const runSlurm: RunSlurm = (command, args, more = {}) =>
  new Promise((resolve, reject) => {
    execFile(
      command,
      args,
      {
        timeout: DEADLINE_MS,
        killSignal: 'SIGKILL',
        maxBuffer: MOST_BYTES,
        env: { ...commandEnvironment(), ...more },
      },
      (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout);
        } else {
          reject(new Error(explain(command, error, stderr), { cause: error }));
        }
      },
    );
  });

function explain(
  command: string,
  error: Error & { code?: unknown; killed?: unknown },
  stderr: string,
): string {
  if (error.code === 'ENOENT') {
    return `Slurm’s command ${command} is not on the service’s PATH. Install Slurm’s client commands on the hub host.`;
  }
  const said = stderr.trim().split('\n').at(-1) ?? '';
  if (error.killed === true || said === '') {
    return `Slurm does not answer (${command} was stopped after ${DEADLINE_MS / 1000} s or said nothing).`;
  }
  return `Slurm does not answer. It says: ${said}.`.replace(/\.\.$/, '.');
}

function commandEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(JUPYTERHUB|BEAMTIME|CONFIGPROXY)_/.test(name),
  );
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
