const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `12–16 Nov 2026`, in the hub host's time zone; empty where nothing is known. */
export function formatDates(
  start: string | undefined,
  end: string | undefined,
): string {
  if (start === undefined) {
    return '';
  }
  const from = new Date(start);
  return end === undefined
    ? DAY.format(from)
    : DAY.formatRange(from, new Date(end));
}

/** `58 GB`: decimal units, as disks and catalogues count. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${units[unit] ?? ''}`;
}
