import type { BrowserContext } from '@playwright/test';

/** What is drawn, with times in ms of `performance.now()`. */
interface Watch {
  /** When what is measured began. */
  since: number;
  /** Pictures that were uploaded as textures: when, and when they were first drawn. */
  pictures: { side: number; uploaded: number; drawn: number }[];
  /** When lines of many points were drawn first after their points were uploaded. */
  lines: number[];
  /** Whether a picture was said to be a reduced one. */
  wasReduced: boolean;
  /** The longest time for which the page did nothing else, ms. */
  freeze: number;
  /** Begins anew with the next event of this kind. */
  arm(event: 'dblclick' | 'click' | 'keydown'): void;
}

declare global {
  interface Window {
    beamtimeWatch: Watch;
    /** JupyterLab, which shows itself here if it is set up to. */
    jupyterapp?: {
      restored: Promise<unknown>;
      commands: {
        execute(id: string, args?: Record<string, unknown>): Promise<unknown>;
      };
    };
  }
}

/** Notes in all pages of `context` what is drawn. Both viewers draw by WebGL 2. */
export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const TICK = 10;
    const watched: Watch = {
      since: 0,
      pictures: [],
      lines: [],
      wasReduced: false,
      freeze: 0,
      arm(event) {
        const begin = () => {
          watched.since = performance.now();
          watched.pictures = [];
          watched.lines = [];
          watched.wasReduced = false;
          watched.freeze = 0;
          lastTick = watched.since;
        };
        document.addEventListener(event, begin, { capture: true, once: true });
      },
    };
    window.beamtimeWatch = watched;

    let lastTick = performance.now();
    setInterval(() => {
      const now = performance.now();
      watched.freeze = Math.max(watched.freeze, now - lastTick - TICK);
      lastTick = now;
    }, TICK);

    let picture: { side: number; uploaded: number } | null = null;
    let hasPoints = false;
    const gl = WebGL2RenderingContext.prototype;
    const hear = (name: string, hears: (args: unknown[]) => void) => {
      const original = Reflect.get(gl, name) as (...args: unknown[]) => unknown;
      Object.assign(gl, {
        [name](this: WebGL2RenderingContext, ...args: unknown[]) {
          const result = original.apply(this, args);
          hears(args);
          return result;
        },
      });
    };
    const bytesOf = (args: unknown[]) =>
      args.reduce<number>(
        (most, each) =>
          ArrayBuffer.isView(each) ? Math.max(most, each.byteLength) : most,
        0,
      );
    const widthAt = { texImage2D: 3, texSubImage2D: 4 };
    for (const [name, position] of Object.entries(widthAt)) {
      hear(name, (args) => {
        // A colour map is a texture too, of one row.
        const side = Math.min(
          Number(args[position]),
          Number(args[position + 1]),
        );
        if (side >= 64 && bytesOf(args) > 0) {
          picture = { side, uploaded: performance.now() };
        }
      });
    }
    for (const name of ['bufferData', 'bufferSubData']) {
      // A point of a line takes 12 bytes, and both draw axes by other means.
      hear(name, (args) => (hasPoints ||= bytesOf(args) >= 8000));
    }
    for (const name of [
      ...['drawElements', 'drawArrays'],
      ...['drawElementsInstanced', 'drawArraysInstanced'],
    ]) {
      hear(name, () => {
        const now = performance.now();
        if (picture !== null) {
          watched.pictures.push({ ...picture, drawn: now });
          picture = null;
        }
        if (hasPoints) {
          watched.lines.push(now);
          hasPoints = false;
        }
      });
    }
  });
}
