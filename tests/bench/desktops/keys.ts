// From a key to its picture, as the person in front of the browser has it.
import type { Page } from '@playwright/test';

/** A corner of the picture in its own pixels. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Stopwatch {
  box: Box;
  pressed: number;
  painted: number | null;
  /** The bytes of the box as they were when the key went down. */
  before: string;
}

declare global {
  interface Window {
    beamtimeStopwatch?: Stopwatch;
  }
}

/**
 * Measures from a key's arrival in the page to the moment when noVNC has drawn the answer
 * into the canvas that is seen.
 *
 * `box` is where the answer appears. Every drawing after the key is compared with what was
 * there: a clock or a pointer elsewhere does not count.
 */
export async function setUpStopwatch(page: Page, box: Box): Promise<void> {
  await page.evaluate((where) => {
    const canvas = [...document.querySelectorAll('canvas')]
      .filter((each) => each.checkVisibility())
      .sort((a, b) => b.width * b.height - a.width * a.height)[0];
    const context = canvas?.getContext('2d');
    if (!canvas || !context) {
      throw new Error('There is no picture.');
    }
    const looks = () =>
      context
        .getImageData(where.x, where.y, where.width, where.height)
        .data.join();
    const watch: Stopwatch = {
      box: where,
      pressed: 0,
      painted: null,
      before: '',
    };
    window.beamtimeStopwatch = watch;
    window.addEventListener(
      'keydown',
      () => {
        watch.before = looks();
        watch.painted = null;
        watch.pressed = performance.now();
      },
      { capture: true },
    );
    const draw = Reflect.get(context, 'drawImage') as () => void;
    Object.assign(context, {
      drawImage(...args: unknown[]) {
        Reflect.apply(draw, context, args);
        if (watch.painted === null && looks() !== watch.before) {
          watch.painted = performance.now();
        }
      },
    });
  }, box);
}

/** Presses a key that changes what is in the box; gives the ms until that was painted. */
export async function timeKey(page: Page, key: string): Promise<number> {
  await page.keyboard.press(key);
  const time = await page.waitForFunction(
    () => {
      const watch = window.beamtimeStopwatch;
      return watch?.painted ? watch.painted - watch.pressed : false;
    },
    null,
    { polling: 20, timeout: 10_000 },
  );
  return (await time.jsonValue()) || 0;
}

/** Where the picture changes by an act, as a box of its own pixels. */
export async function whereItChanges(
  page: Page,
  act: () => Promise<void>,
): Promise<Box> {
  const look = () =>
    page.evaluate(() => {
      const canvas = [...document.querySelectorAll('canvas')]
        .filter((each) => each.checkVisibility())
        .sort((a, b) => b.width * b.height - a.width * a.height)[0];
      const context = canvas?.getContext('2d');
      if (!canvas || !context) {
        throw new Error('There is no picture.');
      }
      const data = new Uint32Array(
        context.getImageData(0, 0, canvas.width, canvas.height).data.buffer,
      );
      const kept = (window as Window & { beamtimeKept?: Uint32Array })
        .beamtimeKept;
      Object.assign(window, { beamtimeKept: data });
      let [left, top, right, bottom] = [canvas.width, canvas.height, -1, -1];
      data.forEach((value, at) => {
        if (kept && value !== kept[at]) {
          const [x, y] = [at % canvas.width, Math.floor(at / canvas.width)];
          [left, right] = [Math.min(left, x), Math.max(right, x)];
          [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
        }
      });
      return right < 0
        ? null
        : {
            x: left,
            y: top,
            width: right - left + 1,
            height: bottom - top + 1,
          };
    });
  await look();
  await act();
  const deadline = Date.now() + 10_000;
  for (;;) {
    const box = await look();
    if (box) {
      return box;
    }
    if (Date.now() > deadline) {
      throw new Error('Nothing changed in the picture.');
    }
  }
}
