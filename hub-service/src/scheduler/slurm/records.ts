/**
 * Reads what `scontrol -o show …` prints: a line for each record, `Key=value` after
 * `Key=value`. Values may hold blanks (`OS=`, `Reason=`), so a value goes on until the
 * next ` Key=`. The first of a repeated key counts: what people may write (`Reason`,
 * `Comment`, `Extra`) comes after all that we read, and so cannot pose as it.
 */
export function readRecords(text: string): Map<string, string>[] {
  return text
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => {
      const record = new Map<string, string>();
      for (const pair of line.trim().split(/\s+(?=[A-Z][A-Za-z_]*=)/)) {
        const equals = pair.indexOf('=');
        const key = pair.slice(0, equals);
        if (!record.has(key)) {
          record.set(key, pair.slice(equals + 1).trim());
        }
      }
      return record;
    });
}

/** Reads `scontrol show config`: `Key   = value`, one on a line. */
export function readSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, value] = /^(\w+)\s*= ?(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) {
      settings.set(key, value.trim());
    }
  }
  return settings;
}

/** A whole number, or `null` for Slurm's `UNLIMITED`, `(null)`, `N/A` and nothing. */
export function readCount(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A comma-separated list; empty for `(null)` and nothing. */
export function readList(text: string | undefined): string[] {
  return text === undefined || text === '(null)'
    ? []
    : text.split(',').filter((item) => item !== '');
}
