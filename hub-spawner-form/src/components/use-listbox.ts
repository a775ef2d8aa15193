import { useState } from 'preact/hooks';

/**
 * The keyboard of a combobox with a list below it: arrows, Enter, Escape.
 *
 * @param length - how many rows the list has.
 * @param onChoose - a row was chosen with Enter.
 */
export function useListbox(length: number, onChoose: (row: number) => void) {
  const [open, setOpen] = useState(false);
  const [row, setActive] = useState(-1);
  const active = open ? Math.min(row, length - 1) : -1;
  const show = (next: number) => {
    setOpen(true);
    setActive(next);
  };
  const close = () => {
    setOpen(false);
    setActive(-1);
  };

  /** Whether the key was one of the list's. */
  const onKey = (key: string): boolean => {
    switch (key) {
      case 'ArrowDown':
        show(active + 1 < length ? active + 1 : 0);
        return true;
      case 'ArrowUp':
        show(active > 0 ? active - 1 : length - 1);
        return true;
      case 'Enter':
        if (active >= 0) {
          onChoose(active);
        }
        return true;
      case 'Escape':
        close();
        return open;
      default:
        return false;
    }
  };
  return { open, active, show, close, onKey };
}
