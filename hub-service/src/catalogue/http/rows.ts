import * as z from 'zod/mini';

/** What a list of rows must be, before each of them is looked at: see {@link readRows}. */
export const Rows = z.array(z.unknown());

/**
 * Reads rows one by one, so that a bad one costs itself and not the page.
 *
 * @param read - what a row becomes; `null` leaves it out too.
 * @returns the good ones in their order, and how many were left out.
 */
export function readRows<S extends z.ZodMiniType, T>(
  rows: readonly unknown[],
  schema: S,
  read: (row: z.output<S>) => T | null,
): { items: T[]; leftOut: number } {
  const items = rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    const item = parsed.success ? read(parsed.data) : null;
    return item === null ? [] : [item];
  });
  return { items, leftOut: rows.length - items.length };
}
