/**
 * Selections that a person is likely to look at next, the likeliest first.
 *
 * @param selection - The one that is shown: an index or `:` for each axis, with commas.
 * @param dims - Length of each axis of the dataset.
 * @param before - What was shown of the same dataset before; null at first.
 */
export function neighbours(
  selection: string,
  dims: readonly number[],
  before: string | null,
): string[] {
  const parts = selection.split(',');
  const earlier = before?.split(',') ?? [];
  const indexed = parts.flatMap((part, axis) => (part === ':' ? [] : [axis]));
  const axis =
    indexed.find((each) => parts[each] !== (earlier[each] ?? parts[each])) ??
    indexed.at(-1);
  if (axis === undefined || parts.length !== dims.length) {
    return [];
  }
  const index = Number(parts[axis]);
  const back = before !== null && index < Number(earlier[axis]);
  return (back ? [index - 1, index + 1] : [index + 1, index - 1])
    .filter((next) => next >= 0 && next < (dims[axis] ?? 0))
    .map((next) => parts.with(axis, String(next)).join(','));
}
