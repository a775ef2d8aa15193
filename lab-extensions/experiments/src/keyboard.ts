/**
 * Where a key leads in a list.
 *
 * @param index - the active item; -1 for none.
 * @param page - items that Page Up and Page Down pass.
 * @returns the item to go to, or `null` if the key does not move.
 */
export function moved(
  key: string,
  index: number,
  count: number,
  page = 5,
): number | null {
  const to = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined || count === 0
    ? null
    : Math.min(Math.max(to, 0), count - 1);
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What a key does with the active item; `null` if nothing. */
export function actOf({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
}: Press): 'open' | 'add' | 'favourite' | 'menu' | null {
  const command = ctrlKey || metaKey;
  if (key === 'Enter') {
    return command ? 'add' : 'open';
  }
  if (key.toLowerCase() === 'f' && !command) {
    return 'favourite';
  }
  return key === 'ContextMenu' || (key === 'F10' && shiftKey) ? 'menu' : null;
}
