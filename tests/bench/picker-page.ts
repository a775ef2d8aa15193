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

/** Types a word, letter by letter; the longest wait from a letter to its rows, in ms. */
export function typed(page: Page, word: string): Promise<number> {
  return page.evaluate(async (word) => {
    const input = document.querySelector<HTMLInputElement>('.bt-Panel input');
    const value = Object.getOwnPropertyDescriptor(
      HTMLInputElement.prototype,
      'value',
    );
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    const rows = () => [...document.querySelectorAll('.bt-Panel .bt-Card')];
    const type = async (text: string, fits: () => boolean) => {
      const since = performance.now();
      value?.set?.call(input, text);
      input?.dispatchEvent(new Event('input', { bubbles: true }));
      while (!fits()) {
        await frame();
      }
      return performance.now() - since;
    };
    const list = document.querySelector('.bt-Panel .bt-Cards');
    list?.scrollTo({ top: 0 });
    await frame();
    await frame();
    const first = () => rows()[0]?.textContent;
    const all = first();
    const waits: number[] = [];
    for (let letters = 1; letters <= word.length; letters += 1) {
      const text = word.slice(0, letters);
      const wait = await type(
        text,
        () =>
          rows().length > 0 &&
          rows().every(({ textContent }) =>
            textContent.toLowerCase().includes(text),
          ),
      );
      waits.push(wait);
    }
    await type('', () => first() === all);
    return Math.max(...waits);
  }, word);
}

const FRAMES = 300;

/** Scrolls on by a screen each frame; the main thread's work for one of them, in ms. */
export async function scrolled(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    const { value = NaN } =
      metrics.find(({ name }) => name === 'TaskDuration') ?? {};
    return value * 1_000;
  };
  await page.evaluate(() =>
    document.querySelector('.bt-Panel .bt-Cards')?.scrollTo({ top: 0 }),
  );
  const before = await worked();
  await page.evaluate(async (frames) => {
    const list = document.querySelector('.bt-Panel .bt-Cards');
    for (let frame = 0; frame < frames; frame += 1) {
      list?.scrollBy({ top: list.clientHeight });
      await new Promise((next) => requestAnimationFrame(next));
    }
  }, FRAMES);
  const work = (await worked()) - before;
  await session.detach();
  return work / FRAMES;
}
