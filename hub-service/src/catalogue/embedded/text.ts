/**
 * The words of a search as FTS5 wants them, each the beginning of a word, all needed.
 *
 * @returns `null` if there is nothing to look for; `match` for those who may see people,
 *   `open` for those who may not.
 */
export function toMatch(
  text: string,
): { match: string; open: string } | 'nothing' | null {
  if (text.trim() === '') {
    return null;
  }
  const words = text.match(/[\p{L}\p{N}\p{M}]+/gu);
  if (!words) {
    return 'nothing';
  }
  const match = words.map((word) => `"${word}"*`).join(' AND ');
  return { match, open: `{open} : (${match})` };
}
