import { chromium, type Browser, type BrowserServer } from '@playwright/test';
import config from '../e2e/playwright.config.ts';

/** The browser of the end-to-end tests, without their runner. */
export function launch(): Promise<Browser> {
  return chromium.launch(config.use?.launchOptions ?? {});
}

/** The same in a process that can be killed, whatever its pages are at. */
export function launchServer(): Promise<BrowserServer> {
  return chromium.launchServer(config.use?.launchOptions ?? {});
}
