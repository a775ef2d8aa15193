import type { Page } from '@playwright/test';
import { SessionForm } from '../../e2e/pages/form.ts';
import { signIn, stopSession } from '../../e2e/pages/hub.ts';
import { Facility } from '../../facility/facility.ts';
import { freePorts } from '../../facility/ports.ts';
import { launch } from '../browser.ts';
import type { Case } from '../case.ts';
import { filledAfter, watchPicker } from '../picker-page.ts';

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

const bench: Case = {
  about:
    'The panel of experiments in JupyterLab, in Chromium. Filled: JupyterLab is reloaded with the panel in sight, on a hub with its service; from the frame in which JupyterLab stands to the frame with the first experiment, 0 if that comes first.',
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
      ],
      async close() {
        await stopSession(page, site.hub);
        await browser.close();
        await site.stop();
      },
    };
  },
};

export default bench;
