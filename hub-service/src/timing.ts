import { setTimeout } from 'node:timers/promises';

/** Waits so many milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await setTimeout(milliseconds);
}
