/** At most so often the session is told that somebody is there, ms. */
export const INTERVAL = 60_000;

const EVENTS = ['keydown', 'pointerdown', 'wheel'] as const;

/**
 * Tells the session when a person does something in this page.
 *
 * A page that lies open asks the session this and that, which is no sign of a person:
 * with idleness counted truly (ADR on idleness), only this and kernels are.
 *
 * @param page - Hears the events of the whole page.
 * @returns what ends it.
 */
export function reportActivity(
  page: EventTarget,
  report: () => Promise<unknown>,
): () => void {
  let last = -Infinity;
  const onEvent = (event: Event): void => {
    const now = Date.now();
    if (event.isTrusted && now - last >= INTERVAL) {
      last = now;
      report().catch(() => {
        last = -Infinity; // It did not arrive: the next one is to.
      });
    }
  };
  const options = { capture: true, passive: true };
  EVENTS.forEach((name) => page.addEventListener(name, onEvent, options));
  return () =>
    EVENTS.forEach((name) => page.removeEventListener(name, onEvent, options));
}
