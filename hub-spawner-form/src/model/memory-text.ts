/** Memory as it is written in Advanced: a number and the letter of its unit. */
export interface MemoryText {
  number: string;
  unit: MemoryUnit;
}

export const MEMORY_UNITS = { M: 'MB', G: 'GB', T: 'TB' } as const;
export type MemoryUnit = keyof typeof MEMORY_UNITS;

/** Splits a size in Slurm's notation, or whatever was typed in its place. */
export function splitMemory(memory: string): MemoryText {
  const [, number = '', letter = 'M'] = /^(.*?)([KMGT]?)$/is.exec(memory) ?? [];
  const unit = (letter || 'M').toUpperCase();
  if (unit === 'M' && /^\d+$/.test(number) && Number(number) % 1024 === 0) {
    return { number: String(Number(number) / 1024), unit: 'G' };
  }
  return unit === 'G' || unit === 'T' || unit === 'M'
    ? { number, unit }
    : { number: memory, unit: 'M' };
}

/** The size in Slurm's notation, which knows no decimals; empty for none. */
export function joinMemory({ number, unit }: MemoryText): string {
  const typed = number.trim().replace(',', '.');
  if (typed === '') {
    return '';
  }
  if (/^\d+[KMGT]$/i.test(typed)) {
    return typed.toUpperCase(); // The unit was typed with it.
  }
  return typed + unit;
}

/** A size with decimals, in whole MiB; others as they are. */
export function wholeMemory(memory: string): string {
  const [, number, unit] = /^(\d+\.\d+)([GT])$/i.exec(memory) ?? [];
  if (number === undefined || unit === undefined) {
    return memory;
  }
  const factor = unit.toUpperCase() === 'G' ? 1024 : 1024 * 1024;
  return `${Math.floor(Number(number) * factor)}M`;
}
