import * as z from 'zod/mini';

/** One thing that was looked at. */
export const Finding = z.object({
  area: z.enum([
    'configuration',
    'service',
    'hub',
    'slurm',
    'catalogues',
    'store',
    'paths',
    'software',
  ]),
  /** `advice`: it works, and could be better. `wrong`: something does not work. */
  level: z.enum(['ok', 'advice', 'wrong']),
  /** What was found, in a sentence. */
  says: z.string(),
  /** What to do about it; empty when all is well. */
  todo: z._default(z.string(), ''),
});
export type Finding = z.infer<typeof Finding>;
export const Findings = z.array(Finding);
export type Area = Finding['area'];

/** Makes the findings of one area. */
export function inArea(area: Area) {
  return {
    ok: (says: string): Finding => ({ area, level: 'ok', says, todo: '' }),
    advice: (says: string, todo: string): Finding => ({
      area,
      level: 'advice',
      says,
      todo,
    }),
    wrong: (says: string, todo: string): Finding => ({
      area,
      level: 'wrong',
      says,
      todo,
    }),
  };
}
