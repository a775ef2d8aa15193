import { chromium, type Browser, type BrowserServer } from '@playwright/test';
import config from '../e2e/playwright.config.ts';

/** The browser of the end-to-end tests, without their runner. */
export function launch(): Promise<Browser> {
  return chromium.launch(config.use?.launchOptions ?? {});
}

/**
 * A browser that draws pages without OpenGL, for pages that need none.
 *
 * The other one's OpenGL is a simulation in software, which takes all cores of a small
 * machine for 40 to 90 ms each time something on the page has changed: nobody's browser
 * does, and what a server does in the meantime takes several times as long.
 */
export function launchFlat(): Promise<Browser> {
  const { executablePath } = config.use?.launchOptions ?? {};
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'],
  });
}

/** The same in a process that can be killed, whatever its pages are at. */
export function launchServer(): Promise<BrowserServer> {
  return chromium.launchServer(config.use?.launchOptions ?? {});
}
