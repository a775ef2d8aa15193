import { chromium, type Browser } from '@playwright/test';
import config from '../e2e/playwright.config.ts';

/** The browser of the end-to-end tests, without their runner. */
export function launch(): Promise<Browser> {
  return chromium.launch(config.use?.launchOptions ?? {});
}
