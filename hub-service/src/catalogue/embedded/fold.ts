/** Letters that Unicode does not take apart, as people without them on the keyboard write them. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Text without case and accents: what is compared when people search and sort. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[letter] ?? letter);
}

/** The words in a text, folded. The index is made of these, so it splits them no further. */
export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Beyond these a search only becomes slower. */
const MOST_WORDS = 12;

/**
 * The words of a search as FTS5 wants them, each the beginning of a word, all needed.
 *
 * @returns `null` if there is nothing to look for; `all` for those who may see people, `open`
 *   for those who may not.
 */
export function toMatch(
  text: string,
): { all: string; open: string } | 'nothing' | null {
  if (text.trim() === '') {
    return null;
  }
  const sought = [...new Set(words(text))].slice(0, MOST_WORDS);
  if (sought.length === 0) {
    return 'nothing';
  }
  const all = sought.map((word) => `"${word}"*`).join(' AND ');
  return { all, open: `{open} : (${all})` };
}
