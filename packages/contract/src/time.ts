/**
 * Reads a time in any of Slurm's notations.
 *
 * @param text - `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`,
 *   `days-hours:minutes` or `days-hours:minutes:seconds`; `infinite` and `UNLIMITED` too.
 * @returns minutes, rounded up; `null` for no limit; `undefined` if it is not a time.
 * @see https://slurm.schedmd.com/sbatch.html#OPT_time
 */
export function parseSlurmTime(text: string): number | null | undefined {
  if (/^(infinite|unlimited)$/i.test(text)) {
    return null;
  }
  const match = /^(?:(\d{1,6})-)?(\d{1,8})(?::(\d{1,6}))?(?::(\d{1,6}))?$/.exec(
    text,
  );
  if (!match) {
    return undefined;
  }
  const [days, first, second, third] = match
    .slice(1)
    .map((part: string | undefined) =>
      part === undefined ? undefined : Number(part),
    );
  let seconds: number;
  if (days !== undefined) {
    seconds =
      ((days * 24 + (first ?? 0)) * 60 + (second ?? 0)) * 60 + (third ?? 0);
  } else if (third !== undefined) {
    seconds = ((first ?? 0) * 60 + (second ?? 0)) * 60 + third;
  } else {
    seconds = (first ?? 0) * 60 + (second ?? 0);
  }
  return Math.ceil(seconds / 60);
}

/** Writes minutes as Slurm's `days-hours:minutes:00`, without days below one. */
export function formatSlurmTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}:00`;
  const days = Math.floor(minutes / (24 * 60));
  return days > 0 ? `${String(days)}-${clock}` : clock;
}

/**
 * Reads a size of memory as Slurm does: `[0-9]+[KMGT]?`, MiB without a suffix.
 *
 * @returns MiB, rounded up; `undefined` if it is not a size.
 */
export function parseMemoryMiB(text: string): number | undefined {
  const match = /^(\d{1,12})([KMGT]?)$/i.exec(text);
  if (!match) {
    return undefined;
  }
  const factor = { K: 1 / 1024, '': 1, M: 1, G: 1024, T: 1024 * 1024 };
  const suffix = (match[2] ?? '').toUpperCase() as keyof typeof factor;
  return Math.ceil(Number(match[1]) * factor[suffix]);
}
