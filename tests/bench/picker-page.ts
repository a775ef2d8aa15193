import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** When, since the navigation: JupyterLab stood, and the panel had rows. */
    picker: { ready?: number; filled?: number };
  }
}

/** Notes at every frame whether JupyterLab stands and the panel has rows. */
export async function watchPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.picker = {};
    const look = () => {
      const { picker } = window;
      const has = (what: string) => document.querySelector(what) !== null;
      const stands =
        has('#jp-main-dock-panel .lm-TabBar-tab') && !has('#jupyterlab-splash');
      if (stands) {
        picker.ready ??= performance.now();
      }
      if (has('.bt-Panel .bt-Card')) {
        picker.filled ??= performance.now();
      }
      if (picker.ready === undefined || picker.filled === undefined) {
        requestAnimationFrame(look);
      }
    };
    look();
  });
}

/** Milliseconds from a JupyterLab that stands to a panel with rows; 0 if they came before. */
export async function filledAfter(page: Page): Promise<number> {
  const times = await page.waitForFunction(
    () => {
      const { ready, filled } = window.picker;
      return ready !== undefined && filled !== undefined
        ? { ready, filled }
        : null;
    },
    null,
    { polling: 'raf', timeout: 120_000 },
  );
  const value = await times.jsonValue();
  return value === null ? NaN : Math.max(0, value.filled - value.ready);
}
