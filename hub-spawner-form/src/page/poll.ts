type Page = Pick<
  Document,
  'visibilityState' | 'addEventListener' | 'removeEventListener'
>;

/**
 * Calls `tick` again and again while the page is in view, never two at once. A page that
 * comes into view again after longer than the interval gets its tick at once.
 *
 * @param interval - ms from the end of one tick to the beginning of the next.
 * @returns a function that ends it and aborts the tick under way.
 */
export function pollWhileVisible(
  page: Page,
  interval: number,
  tick: (signal: AbortSignal) => Promise<void>,
): () => void {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let last = Date.now();

  const schedule = () => {
    clearTimeout(timer);
    if (page.visibilityState === 'visible' && !running) {
      timer = setTimeout(run, Math.max(0, last + interval - Date.now()));
    }
  };
  const run = () => {
    running = true;
    void tick(ended.signal).finally(() => {
      running = false;
      last = Date.now();
      if (!ended.signal.aborted) {
        schedule();
      }
    });
  };

  page.addEventListener('visibilitychange', schedule);
  schedule();
  return () => {
    ended.abort();
    clearTimeout(timer);
    page.removeEventListener('visibilitychange', schedule);
  };
}
