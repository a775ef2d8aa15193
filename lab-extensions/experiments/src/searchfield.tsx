import type { Paged } from './paged.js';

/** Searches in a list that is asked for in parts. */
export function SearchField<T>({
  list,
  label,
}: {
  list: Paged<T>;
  label: string;
}) {
  return (
    <input
      className="bt-Input bt-mod-part"
      type="search"
      maxLength={200}
      placeholder={label}
      aria-label={label}
      value={list.text}
      onChange={({ target }) => list.search(target.value)}
    />
  );
}
