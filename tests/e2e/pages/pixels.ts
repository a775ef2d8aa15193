import { expect, type Locator } from '@playwright/test';

/**
 * How many different colours an element shows on the screen. Asserting on pixels, not on
 * an element being there, tells a picture from an empty canvas.
 */
export async function coloursOf(element: Locator): Promise<number> {
  const png = await element.screenshot({ animations: 'disabled' });
  return element.page().evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) {
      throw new Error('This browser gives no 2D canvas.');
    }
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, png.toString('base64'));
}

/** Waits until the element shows at least `least` colours. */
export async function expectPicture(
  element: Locator,
  least: number,
): Promise<void> {
  await expect
    .poll(() => coloursOf(element), { timeout: 60_000 })
    .toBeGreaterThan(least);
}
