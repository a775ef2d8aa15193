// From a key to its picture, as the person in front of the browser has it.
import type { Page } from '@playwright/test';

/** A part of the picture, in its own pixels. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

declare global {
  interface Window {
    /** Resolves with the ms from the next key to its answer. */
    beamtimeAnswered?: () => Promise<number>;
    /** Of the picture as it was looked at last. */
    beamtimeKept?: Uint32Array;
  }
}

/** How long a key's answer may take, ms. */
const PATIENCE = 10_000;

/**
 * Measures from a key's arrival in the page to the moment when noVNC has drawn the answer
 * into the canvas that is seen.
 *
 * Reading the canvas takes longer than all that is to be measured, so it is not read:
 * noVNC draws, for each update, just the rectangle that the display sent, and `box` is
 * where nothing changes but by a key. A clock or a pointer elsewhere does not count.
 */
export async function setUpStopwatch(page: Page, box: Box): Promise<void> {
  await page.evaluate(
    ({ where, patience }) => {
      const canvas = [...document.querySelectorAll('canvas')]
        .filter((each) => each.checkVisibility())
        .sort((a, b) => b.width * b.height - a.width * a.height)[0];
      const context = canvas?.getContext('2d');
      if (!canvas || !context) {
        throw new Error('There is no picture.');
      }
      let pressed: number | null = null;
      let answered: ((ms: number) => void) | null = null;
      window.addEventListener(
        'keydown',
        () => {
          pressed = performance.now();
        },
        { capture: true },
      );
      window.beamtimeAnswered = () =>
        new Promise((resolve, reject) => {
          pressed = null;
          answered = resolve;
          setTimeout(() => {
            reject(new Error('The key was not answered.'));
          }, patience);
        });
      const draw = Reflect.get(context, 'drawImage') as () => void;
      Object.assign(context, {
        drawImage(...args: unknown[]) {
          Reflect.apply(draw, context, args);
          const [x = 0, y = 0, width = 0, height = 0] = args
            .slice(-4)
            .map(Number);
          const touches =
            x < where.x + where.width &&
            y < where.y + where.height &&
            where.x < x + width &&
            where.y < y + height;
          if (answered && pressed !== null && touches) {
            answered(performance.now() - pressed);
            answered = null;
          }
        },
      });
    },
    { where: box, patience: PATIENCE },
  );
}

/** Presses a key that changes what is in the box; gives the ms until that was drawn. */
export async function timeKey(page: Page, key: string): Promise<number> {
  const answered = await page.evaluateHandle(() => ({
    ms: window.beamtimeAnswered?.() ?? Promise.reject(new Error('No watch.')),
  }));
  await page.keyboard.press(key);
  return answered.evaluate(({ ms }) => ms);
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
      if (!canvas) {
        throw new Error('There is no picture.');
      }
      const { width, height } = canvas;
      // A copy is read: a canvas that was itself read is drawn in another way from then on.
      const copy = new OffscreenCanvas(width, height).getContext('2d', {
        willReadFrequently: true,
      });
      copy?.drawImage(canvas, 0, 0);
      const data = new Uint32Array(
        copy?.getImageData(0, 0, width, height).data.buffer ?? [],
      );
      const kept = window.beamtimeKept;
      window.beamtimeKept = data;
      let [left, top, right, bottom] = [width, height, -1, -1];
      data.forEach((value, at) => {
        if (kept && value !== kept[at]) {
          const [x, y] = [at % width, Math.floor(at / width)];
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
  const deadline = Date.now() + PATIENCE;
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
