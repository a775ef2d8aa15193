import { setTimeout as after } from 'node:timers/promises';

/** Waits so many milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await after(milliseconds);
}

/** Waits until the work is done, but no longer than that; the work goes on. */
export async function atMost(
  milliseconds: number,
  work: Promise<unknown>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
