import { tryRun } from '../../scripts/shared/run.mjs';

/** The processes of a Unix account, a line each; none if it has no such account. */
export async function processesOf(user: string): Promise<string[]> {
  const { output } = await tryRun('ps', ['-u', user, '-o', 'pid=,args=']);
  return output.split('\n').filter((line) => line.trim() !== '');
}
