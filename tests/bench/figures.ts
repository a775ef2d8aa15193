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

const rounded = (value: number): number => Number(value.toPrecision(3));

/** One row of the report from what was measured. */
export function resultOf(
  variant: Pick<Variant, 'name' | 'unit' | 'better'>,
  ours: readonly number[],
  peer: readonly number[] | null,
): Result {
  const our = median(ours);
  const their = peer === null ? null : median(peer);
  const ratio =
    their === null
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
