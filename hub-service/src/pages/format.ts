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

const TIME = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
});
const DAY_AND_TIME = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

/** `14:03`, or `12 Nov, 14:03` if that is not today; in the hub host's time zone. */
export function formatMoment(instant: string, now = new Date()): string {
  const then = new Date(instant);
  if (Number.isNaN(then.getTime())) {
    return instant;
  }
  return then.toDateString() === now.toDateString()
    ? TIME.format(then)
    : DAY_AND_TIME.format(then);
}

/** `9 min`, since then. */
export function formatAge(instant: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(instant)) / 60_000));
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
