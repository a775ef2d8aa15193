import { readdir, readFile } from 'node:fs/promises';

/** A process of this machine. */
export interface Process {
  pid: number;
  /** Its words, with a space between them. */
  command: string;
}

/** The name of the variable by which {@link marked} knows what came from a program. */
export const MARK = 'BEAMTIME_MARK';

/**
 * All that ever came from a program that was started with `MARK=mark` in its environment:
 * daemons that left their parents and sessions too.
 */
export async function marked(mark: string): Promise<Process[]> {
  const wanted = `${MARK}=${mark}`;
  const found = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (name): Promise<Process | null> => {
        // One that ends meanwhile, or has ended and is not yet buried, gives nothing.
        const read = (file: string) =>
          readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '');
        const environment = (await read('environ')).split('\0');
        const command = (await read('cmdline')).replaceAll('\0', ' ').trim();
        return environment.includes(wanted) && command !== ''
          ? { pid: Number(name), command }
          : null;
      }),
  );
  return found.filter((process) => process !== null);
}

/** Sends a signal to a process; says whether it was there. */
export function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
