import { readFile } from 'node:fs/promises';
import type { Jupyter } from '../../facility/jupyter.ts';

/** Milliseconds of processor time of a process and of those that it started and that ended. */
async function of(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // Ticks, 100 a second.
  return fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0) * 10;
}

/** Milliseconds for which a Jupyter server and all that it started have computed. */
export async function computedFor(jupyter: Jupyter): Promise<number> {
  const helpers = await jupyter.processes();
  const all = [jupyter.pid, ...helpers.map(({ pid }) => pid)];
  const each = await Promise.all(all.map(of));
  return each.reduce((sum, value) => sum + value, 0);
}
