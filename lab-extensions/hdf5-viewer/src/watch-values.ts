import type { DataProviderApi, useDataContext } from '@h5web/app';

export type ValuesStore = ReturnType<typeof useDataContext>['valuesStore'];
export type ValueParams = Parameters<DataProviderApi['getValue']>[0];

/**
 * Hears of each value that H5Web draws with, and whether it waits for it: H5Web tells
 * nobody what it shows, but asks its store while it draws.
 *
 * @param onGet - Called in the middle of React's drawing: it must not change any state.
 * @returns Ends it.
 */
export function watchValues(
  store: ValuesStore,
  onGet: (params: ValueParams, isWaiting: boolean) => void,
): () => void {
  const { get } = store;
  store.get = (params) => {
    try {
      const value = get(params);
      onGet(params, false);
      return value;
    } catch (reason) {
      onGet(params, reason instanceof Promise);
      throw reason;
    }
  };
  return () => {
    store.get = get;
  };
}
