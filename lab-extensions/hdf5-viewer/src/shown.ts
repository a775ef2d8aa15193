import type { Shown } from './code.js';
import type { ValueParams } from './watch-values.js';

/**
 * Gathers what H5Web draws with.
 *
 * @param onDrawn - Called with all of it after H5Web has drawn.
 */
export function shownOf(
  onDrawn: (all: ValueParams[]) => void,
): (params: ValueParams) => void {
  let all: ValueParams[] = [];
  return (params) => {
    if (all.length === 0) {
      queueMicrotask(() => {
        const drawn = all;
        all = [];
        onDrawn(drawn);
      });
    }
    all.push(params);
  };
}

/** The one that is looked at: with NXdata the signal, sliced or drawn first, not its axes. */
export function signalOf(all: readonly ValueParams[]): Shown | undefined {
  const signal = all.find(({ selection }) => selection !== undefined) ?? all[0];
  return signal && { path: signal.dataset.path, selection: signal.selection };
}
