/** Cards that Page Up and Page Down pass. */
const PAGE = 5;

/**
 * Where a key leads in a list.
 *
 * @param index - the active item; -1 for none.
 * @returns the item to go to, or `null` if the key does not move.
 */
export function moved(
  key: string,
  index: number,
  count: number,
): number | null {
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + PAGE,
    PageUp: index - PAGE,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || count === 0
    ? null
    : Math.min(Math.max(to, 0), count - 1);
}
