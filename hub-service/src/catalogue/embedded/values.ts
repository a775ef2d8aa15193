import { posix } from 'node:path';
import * as z from 'zod/mini';

/** Every value comes as text: CSV has nothing else, and JSON's numbers are made such. */
const text = (most: number) =>
  z.string().check(
    z.maxLength(most, `longer than ${String(most)} characters`),
    z.refine(
      (value) => !/[^\P{Cc}\n\r\t]/u.test(value),
      'there is a control character in it',
    ),
  );

export const Name = text(500);
export const LongText = text(20_000);
/** What may stand in a key, see the contract's `SessionRequest`. */
export const Id = text(180).check(
  z.regex(
    /^[ -~\u00a1-\u1fff\u2c00-\ud7ff]+$/,
    'an identifier cannot hold such characters',
  ),
);

export const Url = text(2_000).check(
  z.refine(
    (value) => /^https?:$/.test(URL.parse(value)?.protocol ?? ''),
    'expected an address that begins with https://',
  ),
);

export const Doi = z.pipe(
  text(300),
  z.transform((value, context) => {
    const doi = plainDoi(value);
    if (!/^10\.\d{4,9}\/\S+$/.test(doi)) {
      context.issues.push({
        code: 'custom',
        input: value,
        message: `“${value}” is no DOI: write 10.1234/abc`,
      });
    }
    return doi;
  }),
);

/** A DOI without what some put before it. */
export function plainDoi(value: string): string {
  return value
    .trim()
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '');
}

export const Orcid = z.pipe(
  text(60),
  z.transform((value) => value.replace(/^https?:\/\/orcid\.org\//, '')),
);

export const Ror = z.pipe(
  text(60),
  z.transform((value) =>
    value.startsWith('http')
      ? value
      : `https://ror.org/${value.replace(/^ror\.org\//, '')}`,
  ),
);

/** An absolute POSIX path in its plain form: no `..`, no link by `.`, no slash at the end. */
export const DataPath = text(4_000).check(
  z.refine(
    (value) =>
      value.startsWith('/') &&
      value !== '/' &&
      posix.normalize(value) === value,
    'expected an absolute path without “..”, “//” and slash at its end',
  ),
);

export const RelativePath = text(4_000).check(
  z.refine(
    (value) =>
      !value.startsWith('/') &&
      posix.normalize(value) === value &&
      !value.startsWith('..') &&
      value !== '.',
    'expected a path below the experiment’s folder, without “..”',
  ),
);

export const Whole = z.pipe(
  z
    .string()
    .check(z.regex(/^\d{1,15}$/, 'expected a whole number, for instance 4000')),
  z.transform(Number),
);

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const DOTTED = /^(\d\d?)\.(\d\d?)\.(\d{4})$/;

/** A day or a time, given back as ISO 8601 in UTC. Without a zone it is taken as UTC. */
export const Instant = z.pipe(
  z.string(),
  z.transform((value, context) => {
    const instant = toInstant(value);
    if (instant === null) {
      context.issues.push({
        code: 'custom',
        input: value,
        message: `“${value}” is not a date that is understood: write 2026-12-31 or 2026-12-31T08:00:00+01:00`,
      });
      return z.NEVER;
    }
    return instant;
  }),
);

function toInstant(value: string): string | null {
  const iso = value.replace(
    DOTTED,
    (_, day: string, month: string, year: string) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  const match = INSTANT.exec(iso);
  if (!match) {
    return null;
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (
    Number.isNaN(midnight.getTime()) ||
    midnight.getUTCDate() !== Number(day)
  ) {
    return null; // 31 February: Date would take it for a day in March.
  }
  const offset = (zone ?? 'Z')
    .toUpperCase()
    .replace(/^([+-]\d\d):?(\d\d)?$/, (_, h: string, m = '00') => `${h}:${m}`);
  const time = new Date(
    `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '0').padEnd(3, '0')}${offset}`,
  );
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
