import type { ValueParams, ValuesStore } from './watch-values.js';

const isSame = (a: ValueParams, b: ValueParams): boolean =>
  a.dataset.path === b.dataset.path && a.selection === b.selection;

/**
 * Has H5Web ask for a frame as soon as its slider goes there. By itself it asks only when the
 * slider has rested for a quarter of a second, unless it has the frame: it does not know
 * that what is passed over is taken back here, before it is read.
 *
 * @returns What is to hear of all that is drawn at once, and what ends it.
 */
export function hurry(store: ValuesStore): {
  drawn: (all: readonly ValueParams[]) => void;
  end: () => void;
} {
  const { has } = store;
  let last: readonly ValueParams[] = [];
  store.has = () => true;
  return {
    drawn: (all) => {
      const { ongoing } = store.progressStore.getState();
      const isUnderWay = (params: ValueParams) =>
        [...ongoing.keys()].some((each) => isSame(each, params));
      for (const before of last) {
        const isPassed =
          all.some(({ dataset }) => dataset.path === before.dataset.path) &&
          !all.some((each) => isSame(each, before));
        if (isPassed && isUnderWay(before)) {
          store.abort(before, 'moved on', true);
        }
      }
      last = all;
    },
    end: () => {
      store.has = has;
    },
  };
}
