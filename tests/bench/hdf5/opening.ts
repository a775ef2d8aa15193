import { setTimeout as sleep } from 'node:timers/promises';
import { row, type Together } from './beside.ts';
import { FILES } from './files.ts';
import type { Speed } from './link.ts';
import type { Viewer } from './viewer.ts';

/** First pictures of files of each kind. */
export function firstPictures(speed: Speed): Together[] {
  return (['gzip', 'bslz4', 'vds'] as const).map((file) =>
    row(file, 'ms', async (viewer) => {
      await viewer.open(file, speed);
      return viewer.picture(FILES[file]);
    }),
  );
}

/** The long line, with the click on what ours offers: the first drawing, the longest freeze. */
export async function openLine(
  viewer: Viewer,
  speed: Speed,
): Promise<{ first: number; freeze: number }> {
  await viewer.open('line', speed);
  if (viewer.side === 'ours') {
    await viewer.tabs
      .getByRole('button', { name: 'Show', exact: true })
      .click();
  }
  const first = await viewer.line();
  // What drawing leaves behind may freeze the page too.
  await sleep(1500);
  const freeze = await viewer.page.evaluate(() => window.beamtimeWatch.freeze);
  // By software, 20 million points are drawn for minutes.
  await viewer.leave();
  return { first, freeze };
}

/** Time from the click that puts the frames on the axis of a line to its drawing, ms. */
export async function profile(viewer: Viewer, speed: Speed): Promise<number> {
  await viewer.open('gzip', speed);
  await viewer.picture(FILES.gzip);
  const { tabs, page } = viewer;
  await tabs.getByRole('tab', { name: 'NX Line' }).click();
  await viewer.line();
  const axis = tabs.getByRole('radio', { name: 'D0' }).first();
  await page.evaluate(() => window.beamtimeWatch.arm('click'));
  await axis.click();
  return viewer.line();
}
