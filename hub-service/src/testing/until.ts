import { pause } from '../timing.js';

/** Waits for a state; fails after half a minute. */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(`not within 30 s: ${holds.toString()}`);
    }
    await pause(10);
  }
}
