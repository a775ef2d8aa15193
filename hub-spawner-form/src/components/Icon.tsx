/** @jsxImportSource preact */
/** Drawn here, so that nothing is fetched. All on a field of 24 by 24. */
const SHAPES = {
  search: 'M10 4a6 6 0 1 0 0 12 6 6 0 0 0 0-12zm4.6 10.6L20 20',
  close: 'M6 6l12 12M18 6L6 18',
  tick: 'M5 12.5l4.5 4.5L19 7.5',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.5l3.5 2',
  error: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16v.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.5',
  warning: 'M12 3.5L22 20.5H2zM12 10v5M12 17.5v.5',
  shut: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM6 18L18 6',
  graph: 'M3 18l5-8 4 5 3-9 3 7 3-3',
  notebook: 'M5 3h13a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H5zm4 0v18M12 8h4',
  desktop: 'M3 4h18v12H3zM9 20h6M12 16v4',
  program: 'M4 6h16v12H4zM4 9.5h16',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1',
  copy: 'M8 8h12v12H8zM4 16V4h12',
  down: 'M7 10l5 5 5-5',
} as const;
export type IconName = keyof typeof SHAPES;

/** A decoration: the words beside it say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="bt-icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
