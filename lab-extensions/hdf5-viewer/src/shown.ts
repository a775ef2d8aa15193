import type { Shown } from './code.js';
import type { ValueParams } from './watch-values.js';

/**
 * Tells what H5Web shows from what it draws with. With NXdata that is the signal, sliced
 * or drawn first, and not its axes.
 *
 * @param onShown - Called after H5Web has drawn.
 */
export function shownOf(
  onShown: (shown: Shown) => void,
): (params: ValueParams) => void {
  let first: Shown | null = null;
  return ({ dataset, selection }) => {
    if (first === null) {
      queueMicrotask(() => {
        if (first !== null) {
          onShown(first);
        }
        first = null;
      });
    } else if (first.selection !== undefined || selection === undefined) {
      return;
    }
    first = { path: dataset.path, selection };
  };
}
