/** A list this long is a fault of the reader. */
const MOST_HOSTS = 100_000;

/** Unpacks Slurm's lists of machines: `cpu[01-03,07],gpu01` is five names. */
export function readHosts(text: string): string[] {
  return splitOutside(text).flatMap(expand).slice(0, MOST_HOSTS);
}

/** Splits at the commas that are not in brackets. */
function splitOutside(text: string): string[] {
  return (text.match(/(?:\[[^\]]*\]|[^,[])+/g) ?? []).filter(
    (part) => part !== '(null)',
  );
}

function expand(text: string): string[] {
  const [, before, ranges, after] =
    /^([^[]*)\[([^\]]*)\](.*)$/.exec(text) ?? [];
  if (before === undefined || ranges === undefined || after === undefined) {
    return [text];
  }
  const ends = expand(after);
  return ranges
    .split(',')
    .flatMap(numbers)
    .flatMap((number) => ends.map((end) => `${before}${number}${end}`))
    .slice(0, MOST_HOSTS);
}

/** `08-11` keeps its zeros: `08`, `09`, `10`, `11`. */
function numbers(range: string): string[] {
  const [first = '', last = first] = range.split('-');
  const length = Math.min(Number(last) - Number(first) + 1, MOST_HOSTS);
  return Number.isInteger(length) && length > 0
    ? Array.from({ length }, (_, index) =>
        String(Number(first) + index).padStart(first.length, '0'),
      )
    : [];
}
