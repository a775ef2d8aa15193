/** @jsxImportSource preact */
/** Drawn here, so that nothing is fetched. All on a field of 24 by 24. */
const SHAPES = {
  search: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zm4.6 10.6L20 20',
  close: 'M6 6l12 12M18 6L6 18',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2',
  error: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16v.5',
  shut: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 18L18 6',
} as const;

/** A decoration: the words beside it say the same. */
export function Icon({ name }: { name: keyof typeof SHAPES }) {
  return (
    <svg class="bt-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
