/** @jsxImportSource preact */
/** A text in which the words that were searched for are underlined. */
export function Marked({ text, words }: { text: string; words: string }) {
  const wanted = words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) {
    return <>{text}</>;
  }
  // Splitting at a group keeps what was found, at the odd places.
  const pieces = text.split(new RegExp(`(${wanted.join('|')})`, 'i'));
  return (
    <>
      {pieces.map((piece, index) =>
        index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece,
      )}
    </>
  );
}
