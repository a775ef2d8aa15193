import type { Asking, Viewer } from '../catalogue/adapter.js';

/** A question to a source, for tests. */
export function asking(
  viewer: Viewer,
  token: string | null = null,
  staffOf: Asking['staffOf'] = [],
): Asking {
  return {
    viewer,
    staffOf,
    signal: AbortSignal.timeout(10_000),
    token: () => Promise.resolve(token),
  };
}
