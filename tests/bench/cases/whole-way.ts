import { chown, copyFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { run } from '../../../scripts/shared/run.mjs';
import type { Facility } from '../../facility/facility.ts';
import type { Hub } from '../../facility/hub.ts';
import { SessionForm } from '../../e2e/pages/form.ts';
import { stopSession } from '../../e2e/pages/hub.ts';
import { Lab } from '../../e2e/pages/lab.ts';
import { atBoth } from '../both.ts';
import { launch } from '../browser.ts';
import type { Contender } from '../case.ts';
import { painted, watchPaint } from '../painted.ts';

const FILE = 'S03_0001.nxs';

/** Signs in, as `signIn` does, but goes where the hub leads. */
async function logIn(page: Page, hub: Hub): Promise<void> {
  await page.getByLabel('Username:').fill('alice');
  await page.getByLabel('Password:').fill(hub.settings.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function throughBeamtime(page: Page): Promise<void> {
  const form = new SessionForm(page);
  await form.chooseExperiment('MA-5127');
  await form.choose('Where to run', 'Everyday analysis cpu');
  await form.start.click();
  const lab = new Lab(page);
  await lab.showExperiments();
  const experiment = await lab.openExperiment('MA-5127');
  await experiment.getByRole('button', { name: FILE, exact: true }).click();
}

async function throughMoss(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start' }).click();
  await page.locator(`.jp-DirListing-item[title*="${FILE}"]`).dblclick({
    timeout: 120_000,
  });
}

function contender(
  browser: Browser,
  hub: Hub,
  home: string,
  way: (page: Page) => Promise<void>,
): Contender {
  return {
    async measure() {
      // Every run meets an empty JupyterLab, not the layout of the one before.
      await rm(path.join(home, '.jupyter/lab/workspaces'), {
        recursive: true,
        force: true,
      });
      const context = await browser.newContext({
        viewport: { width: 1400, height: 900 },
      });
      const page = await context.newPage();
      await watchPaint(page);
      await page.goto(`${hub.url}hub/login?next=/hub/spawn`);
      const since = Date.now();
      await logIn(page, hub);
      await way(page);
      await painted(page);
      const seconds = (Date.now() - since) / 1000;
      await stopSession(page, hub);
      await context.close();
      return seconds;
    },
  };
}

/** Puts the file that ours opens from the experiment into a home, for the peer. */
async function giveFile(site: Facility, home: string): Promise<string> {
  const file = path.join(home, FILE);
  await copyFile(
    path.join(site.dataRoot, 'data/BX11/MA-5127/raw/S03', FILE),
    file,
  );
  const { uid, gid } = await stat(home);
  await chown(file, uid, gid);
  return file;
}

const ABOUT =
  'Log in → plotted data, on Slurm: what a scientist waits for on the way to the first picture. Both hubs run on the same Slurm, with the same versions of JupyterHub and JupyterLab and the same file. Each presses what its own pages offer, without a person’s time to think.';

export default atBoth(ABOUT, {}, async ({ site, ours, peer, atEnd }) => {
  const passwd = await run('getent', ['passwd', 'alice']);
  const home = passwd.split(':')[5] ?? '';
  const file = await giveFile(site, home);
  atEnd.push(() => rm(file, { force: true }));
  const browser = await launch();
  atEnd.push(() => browser.close());
  return [
    {
      name: 'login → plotted data on Slurm',
      unit: 's',
      better: 'less',
      ours: contender(browser, ours, home, throughBeamtime),
      peer: contender(browser, peer, home, throughMoss),
    },
  ];
});
