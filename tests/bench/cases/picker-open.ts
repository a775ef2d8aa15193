import type { Page, Route } from '@playwright/test';
import type { Experiment, ExperimentPage } from '@beamtime/contract';
import { SessionForm } from '../../e2e/pages/form.ts';
import { signIn, stopSession } from '../../e2e/pages/hub.ts';
import { Facility } from '../../facility/facility.ts';
import { freePorts } from '../../facility/ports.ts';
import { launch } from '../browser.ts';
import type { Case } from '../case.ts';
import { filledAfter, scrolled, typed, watchPicker } from '../picker-page.ts';

const LIST = /\/services\/beamtime\/api\/v1\/experiments\?/;
const MANY = 10_000;
const WORDS =
  'crack steel order powder micelle root stress nickel foam lithium duplex'.split(
    ' ',
  );

/** The nth of many experiments; each word is in the title of some of them. */
function experiment(n: number): Experiment {
  const word = (step: number) => WORDS[(n * step) % WORDS.length] ?? '';
  const month = String(1 + (n % 12)).padStart(2, '0');
  return {
    ref: { source: 'embedded', id: `many-${n}` },
    proposal: `MA-${10_000 + n}`,
    title: `${word(3)} ${word(5)} ${word(7)}`,
    instrument: { name: `B${n % 20}` },
    start: `${2026 - Math.floor(n / 600)}-${month}-03T08:00:00Z`,
    visibility: 'member',
    people: [],
    pids: [],
  };
}

/** Answers in the service's place, with its pages. */
async function answer(route: Route): Promise<void> {
  const query = new URL(route.request().url()).searchParams;
  const from = Number(query.get('cursor') ?? 0);
  const to = from + Number(query.get('limit') ?? 100);
  const text = query.get('text') ?? '';
  const found = Array.from({ length: MANY }, (_, n) => experiment(n)).filter(
    ({ title }) => title.includes(text),
  );
  const page: ExperimentPage = {
    items: found.slice(from, to),
    total: found.length,
    ...(to < found.length ? { next: String(to) } : {}),
    asOf: new Date().toISOString(),
    problems: [],
  };
  await route.fulfill({ json: page });
}

/** Waits for JupyterLab, and shows the panel with what is in it. */
async function showPanel(page: Page): Promise<void> {
  const patience = { timeout: 120_000 };
  await page
    .locator('#jp-main-dock-panel .lm-TabBar-tab')
    .first()
    .waitFor(patience);
  const card = page.locator('.bt-Panel .bt-Card').first();
  if (!(await card.isVisible())) {
    await page.getByRole('tab', { name: 'Experiments' }).click(patience);
  }
  await card.waitFor(patience);
}

/** Loads all that there is, as somebody who scrolls to the end. */
async function toTheEnd(page: Page): Promise<void> {
  await page.waitForFunction(
    (many) => {
      const list = document.querySelector('.bt-Panel .bt-Cards');
      if (list !== null) {
        list.scrollTop = list.scrollHeight;
      }
      const rows = document.querySelectorAll('.bt-Panel .bt-Card');
      const last = [...rows].at(-1)?.getAttribute('aria-posinset');
      return Number(last) >= many;
    },
    MANY,
    { polling: 'raf', timeout: 300_000 },
  );
}

const bench: Case = {
  about:
    'The panel of experiments in JupyterLab, in Chromium. Filled: JupyterLab is reloaded with the panel in sight, on a hub with its service; from the frame in which JupyterLab stands to the frame with the first experiment, 0 if that comes first. Typing and scrolling: 10,000 experiments, all loaded, answered by the bench in the service’s place; the longest wait of a word’s letters until only rows that fit are drawn; the main thread’s work for each of 300 frames that scroll on by a screen (goals: 100 and 16 ms).',
  async open() {
    const [port = 0] = await freePorts(1);
    const site = await Facility.start({
      name: 'bench-picker',
      data: 'test',
      port,
      fresh: true,
    });
    const browser = await launch();
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
    });
    const page = await context.newPage();
    await signIn(page, site.hub, 'ada');
    await new SessionForm(page).start.click();
    // JupyterLab writes down its layout a moment after it changed.
    const written = page.waitForRequest(
      (request) =>
        request.method() === 'PUT' &&
        /"current":"beamtime-experiments"/.test(request.postData() ?? ''),
      { timeout: 120_000 },
    );
    await showPanel(page);
    await (await written).response();
    const home = page.url();
    const crowded = await context.newPage();
    await crowded.route(LIST, answer);

    /** The page with all 10,000, loaded when it is wanted first. */
    const many = async () => {
      if (!crowded.url().includes('/lab')) {
        await crowded.goto(`${home}?reset`);
        await showPanel(crowded);
      }
      await toTheEnd(crowded);
      return crowded;
    };

    await watchPicker(page);
    return {
      variants: [
        {
          name: 'panel filled after JupyterLab is ready',
          unit: 'ms',
          better: 'less',
          ours: {
            async measure() {
              await page.goto(home);
              return filledAfter(page);
            },
          },
        },
        {
          name: 'typing to new rows among 10,000',
          unit: 'ms',
          better: 'less',
          ours: { measure: async () => typed(await many(), 'nickel') },
        },
        {
          name: 'main thread a frame, scrolling through 10,000',
          unit: 'ms',
          better: 'less',
          ours: { measure: async () => scrolled(await many()) },
        },
      ],
      async close() {
        await crowded.close();
        await stopSession(page, site.hub);
        await browser.close();
        await site.stop();
      },
    };
  },
};

export default bench;
