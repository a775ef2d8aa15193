import type { Program } from './wire.js';

/** Gives the programs in which all words of `text` stand, the best first. */
export function searchPrograms(
  programs: readonly Program[],
  text: string,
): Program[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  const found = programs.filter((program) => {
    const all = fold(
      [
        ...[program.title, program.comment ?? '', program.id],
        ...program.keywords,
        ...program.categories,
      ].join(' '),
    );
    return program.listed && words.every((word) => all.includes(word));
  });
  const first = words[0] ?? '';
  const rank = ({ title, missing }: Program) =>
    (first && fold(title).startsWith(first) ? 0 : 2) +
    (missing.length > 0 ? 1 : 0);
  return found.sort(
    (a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title),
  );
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
