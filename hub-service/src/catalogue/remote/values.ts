import type { Dataset } from '@beamtime/contract';

/** `10.5072/x`, however it is written. */
export function doiOf(text: string | undefined): string | undefined {
  return /\b10\.\d{4,}\/\S+/.exec(text ?? '')?.[0];
}

/** ISO 8601 in UTC; `undefined` for what is no date, so that one bad date does not cost the row. */
export function instant(text: string | null | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** What a type of datasets, in a facility's own word, is here. */
export function datasetType(text: string): Dataset['type'] {
  return /raw|acqui|experiment/i.test(text)
    ? 'raw'
    : /proc|reduc|analy/i.test(text)
      ? 'processed'
      : 'other';
}

/** A property that is there only if it is known. */
export function given<K extends string, T>(
  name: K,
  value: T | undefined,
): { [key in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]: T });
}
