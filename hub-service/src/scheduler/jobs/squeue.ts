import { type RunSlurm, runSlurm } from '../slurm/command.js';
import type { Job } from './job.js';

const COLUMNS = ['%A', '%T', '%S', '%e', '%B', '%r'];
/** Above this many, the argument would not fit into a command line: all jobs are read. */
const MOST_IDS = 8_000;

/**
 * Asks once for all these jobs. Text and not `--json`, which costs 14 times as much; `-t all`,
 * so that Slurm tells for some minutes what became of a job.
 *
 * @throws {Error} with a sentence if Slurm does not answer.
 */
export async function readJobs(
  ids: readonly string[],
  run: RunSlurm = runSlurm,
): Promise<Map<string, Job>> {
  if (ids.length === 0) {
    return new Map();
  }
  const some = ids.length <= MOST_IDS ? [`--jobs=${ids.join(',')}`] : [];
  try {
    const text = await run(
      'squeue',
      ['-h', '-a', '-t', 'all', '-o', COLUMNS.join('|'), ...some],
      { SLURM_TIME_FORMAT: '%s' },
    );
    return parseJobs(text);
  } catch (error) {
    // Asked for one job only, squeue fails where it leaves out one of several.
    if (error instanceof Error && error.message.includes('Invalid job id')) {
      return new Map();
    }
    throw error;
  }
}

/** Reads a line for each job; the reason comes last, as it may hold any character. */
export function parseJobs(text: string): Map<string, Job> {
  const jobs = new Map<string, Job>();
  for (const line of text.split('\n')) {
    const [id, state, start, end, node, ...reason] = line.split('|');
    if (id && state && reason.length > 0) {
      jobs.set(id, {
        state,
        reason: reason.join('|'),
        start: instant(start),
        end: instant(end),
        node:
          node === undefined || /^(n\/a|\(null\)|None)$/i.test(node)
            ? ''
            : node,
      });
    }
  }
  return jobs;
}

/** Slurm was asked for seconds since 1970; `N/A` stands for none. */
function instant(seconds: string | undefined): string | null {
  return seconds !== undefined && /^[1-9]\d{0,11}$/.test(seconds)
    ? new Date(Number(seconds) * 1000).toISOString()
    : null;
}
