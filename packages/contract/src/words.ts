/** A number and its noun: `1 core`, `8 cores`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/**
 * Memory as people read it: `500 MB`, `62.5 GB`, `2 TB`. Binary multiples, as Slurm's
 * letters are, rounded down to one digit: what is shown can be asked for.
 */
export function formatMemory(mebibytes: number): string {
  const units = ['MB', 'GB', 'TB', 'PB'];
  let value = mebibytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${String(Math.floor(value * 10) / 10)} ${units[unit] ?? ''}`;
}

/** A duration in words, `1 hour`, `90 minutes`, `2 days`: the largest unit that divides it. */
export function formatDuration(minutes: number): string {
  if (minutes >= 2880 && minutes % 1440 === 0) {
    return count(minutes / 1440, 'day');
  }
  return minutes >= 60 && minutes % 60 === 0
    ? count(minutes / 60, 'hour')
    : count(minutes, 'minute');
}
