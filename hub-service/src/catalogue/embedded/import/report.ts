import * as z from 'zod/mini';

/** A row that cannot be taken: where it stands, and why. */
export const Rejected = z.object({
  file: z.string(),
  /** `line 12` of CSV, `experiment[3]` of JSON. */
  place: z.string(),
  reason: z.string(),
});
export type Rejected = z.infer<typeof Rejected>;

const Change = z.object({
  table: z.string(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  /** Keys of the first few, with `+`, `~` or `-` before them. */
  examples: z.array(z.string()),
});
export type Change = z.infer<typeof Change>;

/** What an import has done, or would do. */
export const Report = z.object({
  /** How many rows the files have. */
  rows: z.int(),
  changes: z.array(Change),
  rejected: z.int(),
  /** The first of them. */
  firstRejected: z.array(Rejected),
  /** Whether the catalogue is now what the files say. */
  done: z.boolean(),
});
export type Report = z.infer<typeof Report>;

const number = (count: number) => count.toLocaleString('en-US');

/** The report for a person, line by line. */
export function describe(report: Report, dryRun: boolean): string[] {
  const lines = report.changes.map(
    ({ table, added, changed, removed, examples }) =>
      `${table}: ${number(added)} added, ${number(changed)} changed, ${number(removed)} removed  (${examples.join(' ')})`,
  );
  const rejected = report.firstRejected.map(
    ({ file, place, reason }) => `rejected: ${file}, ${place}: ${reason}`,
  );
  const more = report.rejected - report.firstRejected.length;
  return [
    ...(lines.length > 0 ? lines : ['Nothing differs from what is there.']),
    ...rejected,
    ...(more > 0 ? [`rejected: ${number(more)} more`] : []),
    conclusion(report, dryRun),
  ];
}

function conclusion({ rows, rejected, done }: Report, dryRun: boolean): string {
  const of = `${number(rows)} rows`;
  if (dryRun) {
    return `Dry run: ${of} read, ${number(rejected)} rejected, nothing changed.`;
  }
  return done
    ? `Imported: ${of} read, ${number(rejected)} left out.`
    : `Nothing imported: ${number(rejected)} of ${of} are rejected. Mend them, or leave them out by --leave-out.`;
}
