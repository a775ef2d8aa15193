// What a benchmark sees of a remote desktop: the picture that noVNC has drawn, in whichever page.
import type { BrowserContext, Page } from '@playwright/test';
import type { Colour } from '../../facility/home.ts';

/** What `watchScreen` puts into each page. */
interface Screen {
  /** Share of the picture, 0 to 1, that has exactly this colour. */
  share(colour: Colour): number;
  /** A place of that colour, in the page's pixels. */
  find(colour: Colour): { x: number; y: number } | null;
  /** Size of the remote picture in its own pixels. */
  size(): { width: number; height: number } | null;
  /** When at least 0.5 % of the picture last changed, `Date.now()`. */
  changedAt: number;
  /** How many times noVNC has drawn so far. */
  drawn: number;
  /** Whether to look at all: looking takes time too. */
  watching: boolean;
  /** Colours to look out for, and when each was first seen over 3 % of the picture. */
  seen: Record<string, number>;
}

declare global {
  interface Window {
    beamtimeScreen?: Screen;
  }
}

/** How often a page looks at its picture, ms. */
const LOOK = 25;

/**
 * Watches the picture in every page of the context. The same for both sides: noVNC draws
 * into a canvas, and the largest canvas that is seen is the picture.
 */
export async function watchScreen(
  context: BrowserContext,
  colours: readonly Colour[],
): Promise<void> {
  await context.addInitScript(
    ({ look, wanted }) => {
      const [wide, high] = [160, 100];
      const small = new OffscreenCanvas(wide, high).getContext('2d', {
        willReadFrequently: true,
      });
      if (!small) {
        return;
      }
      small.imageSmoothingEnabled = false;
      const canvas = () => {
        const all = [...document.querySelectorAll('canvas')].filter(
          (each) => each.isConnected && each.checkVisibility(),
        );
        const area = (each: HTMLCanvasElement) => each.width * each.height;
        all.sort((a, b) => area(b) - area(a));
        const [largest] = all;
        return largest && area(largest) > 64 * 64 ? largest : null;
      };
      const points = (): Uint32Array | null => {
        const from = canvas();
        if (!from) {
          return null;
        }
        small.drawImage(from, 0, 0, wide, high);
        return new Uint32Array(
          small.getImageData(0, 0, wide, high).data.buffer,
        );
      };
      const word = ([red, green, blue]: Colour) =>
        (255 << 24) | (blue << 16) | (green << 8) | red;
      const count = (data: Uint32Array, colour: Colour) => {
        const looked = word(colour) >>> 0;
        return data.filter((value) => value === looked).length / data.length;
      };
      const screen: Screen = {
        share(colour) {
          const data = points();
          return data ? count(data, colour) : 0;
        },
        find(colour) {
          const from = canvas();
          const at = points()?.indexOf(word(colour) >>> 0) ?? -1;
          if (!from || at < 0) {
            return null;
          }
          const box = from.getBoundingClientRect();
          return {
            x: box.left + (((at % wide) + 0.5) / wide) * box.width,
            y: box.top + ((Math.floor(at / wide) + 0.5) / high) * box.height,
          };
        },
        size() {
          const from = canvas();
          return from && { width: from.width, height: from.height };
        },
        changedAt: 0,
        drawn: 0,
        watching: true,
        seen: {},
      };
      window.beamtimeScreen = screen;
      let before: Uint32Array = new Uint32Array();
      setInterval(() => {
        const data = screen.watching ? points() : null;
        if (!data) {
          return;
        }
        let differing = 0;
        data.forEach((value, at) => {
          differing += value === before[at] ? 0 : 1;
        });
        before = data;
        if (differing > data.length / 200) {
          screen.changedAt = Date.now();
        }
        for (const colour of wanted) {
          if (count(data, colour) > 0.03) {
            screen.seen[colour.join()] ??= Date.now();
          }
        }
      }, look);
      // noVNC shows what has come by drawing its own buffer into the canvas that is seen.
      const { prototype } = CanvasRenderingContext2D;
      const draw = Reflect.get(prototype, 'drawImage') as () => void;
      Object.assign(prototype, {
        drawImage(this: CanvasRenderingContext2D, ...args: unknown[]) {
          Reflect.apply(draw, this, args);
          if (
            this.canvas instanceof HTMLCanvasElement &&
            this.canvas.isConnected
          ) {
            screen.drawn += 1;
          }
        },
      });
    },
    { look: LOOK, wanted: colours },
  );
}

/** When the page first showed the colour, `Date.now()`. */
export async function whenSeen(page: Page, colour: Colour): Promise<number> {
  const seen = await page.waitForFunction(
    (name) => window.beamtimeScreen?.seen[name],
    colour.join(),
    { polling: 50, timeout: 60_000 },
  );
  return (await seen.jsonValue()) ?? 0;
}

/** Waits until the picture has rested for `quiet` ms; gives when it last changed, `Date.now()`. */
export async function whenSettled(page: Page, quiet: number): Promise<number> {
  const settled = await page.waitForFunction(
    (rest) => {
      const at = window.beamtimeScreen?.changedAt ?? 0;
      return at > 0 && Date.now() - at > rest ? at : false;
    },
    quiet,
    { polling: 100, timeout: 60_000 },
  );
  return (await settled.jsonValue()) || 0;
}

/** Looks no more: what follows is about time. */
export async function lookAway(page: Page): Promise<void> {
  await page.evaluate(() => {
    if (window.beamtimeScreen) {
      window.beamtimeScreen.watching = false;
    }
  });
}

/** Clicks on something of that colour, which gives it the keyboard. */
export async function clickOn(page: Page, colour: Colour): Promise<void> {
  const place = await page.evaluate(
    (wanted) => window.beamtimeScreen?.find(wanted) ?? null,
    colour,
  );
  if (!place) {
    throw new Error(`Nothing in the picture is ${colour.join()}.`);
  }
  await page.mouse.click(place.x, place.y);
}
