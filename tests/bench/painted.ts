import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** When the first large picture was drawn, in ms of `performance.now()`; see {@link watchPaint}. */
    beamtimePainted?: number;
  }
}

/**
 * Notes in every page of `page` when the first picture of at least 64 × 64 points has been
 * uploaded as a texture and drawn. Both viewers draw by WebGL 2.
 */
export async function watchPaint(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const gl = WebGL2RenderingContext.prototype;
    let uploaded = false;
    const after = (
      name: 'texImage2D' | 'texSubImage2D' | 'drawElements' | 'drawArrays',
      then: (args: unknown[]) => void,
    ) => {
      const original = Reflect.get(gl, name) as (...args: unknown[]) => unknown;
      Object.assign(gl, {
        [name](this: WebGL2RenderingContext, ...args: unknown[]) {
          const result = original.apply(this, args);
          then(args);
          return result;
        },
      });
    };
    const note = (args: unknown[]) => {
      const pixels = args.find(
        (value) => ArrayBuffer.isView(value) && value.byteLength >= 4096,
      );
      uploaded ||= pixels !== undefined;
    };
    after('texImage2D', note);
    after('texSubImage2D', note);
    for (const draw of ['drawElements', 'drawArrays'] as const) {
      after(draw, () => {
        if (uploaded) {
          window.beamtimePainted ??= performance.now();
        }
      });
    }
  });
}

/** Waits until {@link watchPaint} has noted a picture. */
export async function painted(page: Page): Promise<void> {
  await page.waitForFunction(() => window.beamtimePainted !== undefined, null, {
    polling: 20,
    timeout: 60_000,
  });
}
