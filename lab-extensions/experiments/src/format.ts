/**
 * The language of dates and numbers. Lab's default, "en" without a country, would give
 * American dates; facilities write the day first.
 */
export function dateLocale(languageCode: string): string {
  return languageCode === 'en' ? 'en-GB' : languageCode.replace('_', '-');
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: it is the dearest part of drawing a card. */
function formatOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

/** `12–16 Nov 2026`; empty without a start. */
export function formatDates(
  locale: string,
  start: string | undefined,
  end: string | undefined,
): string {
  const from = date(start);
  if (from === null) {
    return '';
  }
  const to = date(end);
  const format = formatOf(locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  });
  return to !== null && to >= from
    ? format.formatRange(from, to)
    : format.format(from);
}

/** `16 Nov, 09:12`; empty if it is no instant. */
export function formatInstant(
  locale: string,
  instant: string | undefined,
): string {
  const at = date(instant);
  return at === null
    ? ''
    : formatOf(locale, {
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
      }).format(at);
}

/** `Nov 2029`. */
export function formatMonth(locale: string, instant: string): string {
  const at = date(instant);
  return at === null
    ? ''
    : formatOf(locale, {
        month: 'short',
        year: 'numeric',
      }).format(at);
}

/** `14:03`. */
export function formatTime(locale: string, instant: string): string {
  const at = date(instant);
  return at === null
    ? ''
    : formatOf(locale, {
        hour: '2-digit',
        minute: '2-digit',
      }).format(at);
}

const UNITS = [
  'byte',
  'kilobyte',
  'megabyte',
  'gigabyte',
  'terabyte',
  'petabyte',
];

/** `5.4 GB`: decimal multiples, as catalogues and disks count. */
export function formatBytes(locale: string, bytes: number | undefined): string {
  if (bytes === undefined) {
    return '';
  }
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

function date(text: string | undefined): Date | null {
  const at = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at);
}
