import { useLayoutEffect, useReducer } from 'preact/hooks';
import type { Observable } from '../model/observable.js';

/** The present value; the component is drawn anew when it changes. */
export function useValue<T>(observable: Observable<T>): T {
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  // At once, not after the next frame: a change in between would not be seen.
  useLayoutEffect(
    () => observable.subscribe(() => redraw(undefined)),
    [observable],
  );
  return observable.value;
}
