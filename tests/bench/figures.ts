import type { Variant, Result } from './case.ts';

/** The middle value; the mean of the two middle ones of an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  if (high === undefined || low === undefined) {
    throw new Error('No value was measured.');
  }
  return (low + high) / 2;
}

/** The smallest value that at least the share `q` of all values does not exceed. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
  if (value === undefined) {
    throw new Error('No value was measured.');
  }
  return value;
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** One row of the report from what was measured. */
export function resultOf(
  variant: Pick<Variant, 'name' | 'unit' | 'better'>,
  ours: readonly number[],
  peer: readonly number[] | null,
): Result {
  const our = median(ours);
  const their = peer === null ? null : median(peer);
  // Beside nothing at all there is no ratio.
  const ratio =
    their === null || our === 0 || their === 0
      ? null
      : variant.better === 'less'
        ? their / our
        : our / their;
  return {
    variant: variant.name,
    unit: variant.unit,
    peer: their === null ? null : rounded(their),
    ours: rounded(our),
    ratio: ratio === null ? null : rounded(ratio),
    runs: ours.length,
  };
}
