import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../figures.ts';
import { FILES, type FileName } from './files.ts';
import type { Speed } from './link.ts';
import type { Viewer } from './viewer.ts';

/** Time for which one looks at a frame, ms. */
const DWELL = 600;

/** `PageUp` goes ten frames further. */
const KEYS = { next: 'ArrowUp', jump: 'PageUp' } as const;

/** Which frame is shown. */
function frame(viewer: Viewer): Promise<number> {
  return viewer.tabs
    .getByRole('slider')
    .last()
    .getAttribute('aria-valuenow')
    .then(Number);
}

async function step(
  viewer: Viewer,
  file: FileName,
  kind: keyof typeof KEYS,
): Promise<number> {
  const before = await frame(viewer);
  await viewer.page.evaluate(() => window.beamtimeWatch.arm('keydown'));
  await viewer.page.keyboard.press(KEYS[kind]);
  const took = await viewer.picture(FILES[file]);
  const gone = (await frame(viewer)) - before;
  if (gone !== (kind === 'next' ? 1 : 10)) {
    throw new Error(`${KEYS[kind]} went ${gone} frames further.`);
  }
  await sleep(DWELL);
  return took;
}

/** Opens the file and goes one frame further, so that the slider has the keys. */
export async function getReady(
  viewer: Viewer,
  file: FileName,
  speed: Speed,
): Promise<void> {
  await viewer.open(file, speed);
  await viewer.picture(FILES[file]);
  await viewer.tabs.getByRole('slider').last().focus();
  await sleep(DWELL);
  await step(viewer, file, 'next');
}

/** Steps that often; gives the median of the times from the key to the picture, ms. */
export async function steps(
  viewer: Viewer,
  file: FileName,
  kind: keyof typeof KEYS,
  count: number,
): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    times.push(await step(viewer, file, kind));
  }
  return median(times);
}
