import { expect, type Locator } from '@playwright/test';

/**
 * The pixels of an element as they stand on the screen: RGBA, a byte each. Asserting on
 * them, not on an element being there, tells a picture from an empty canvas.
 */
async function pixelsOf(element: Locator): Promise<Uint8Array> {
  const png = await element.screenshot({ animations: 'disabled' });
  const encoded = await element.page().evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) {
      throw new Error('This browser gives no 2D canvas.');
    }
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    let text = '';
    for (let at = 0; at < data.length; at += 8192) {
      text += String.fromCharCode(...data.subarray(at, at + 8192));
    }
    return btoa(text);
  }, png.toString('base64'));
  return new Uint8Array(Buffer.from(encoded, 'base64'));
}

/** How many different colours an element shows. */
export async function coloursOf(element: Locator): Promise<number> {
  const pixels = await pixelsOf(element);
  return new Set(new Uint32Array(pixels.buffer, 0, pixels.length / 4)).size;
}

/** Which part of an element has exactly this colour, from 0 to 1. */
export async function shareOfColour(
  element: Locator,
  [red, green, blue]: readonly [number, number, number],
): Promise<number> {
  const pixels = await pixelsOf(element);
  let hits = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if (
      pixels[at] === red &&
      pixels[at + 1] === green &&
      pixels[at + 2] === blue
    ) {
      hits += 1;
    }
  }
  return (hits * 4) / pixels.length;
}

/** Waits until the element shows more than `least` colours. */
export async function expectPicture(
  element: Locator,
  least: number,
): Promise<void> {
  await expect
    .poll(() => coloursOf(element), { timeout: 60_000 })
    .toBeGreaterThan(least);
}
