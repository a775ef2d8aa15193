import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { ExperimentsPage } from './pages/experiments-page.ts';
import { SessionForm } from './pages/form.ts';
import { signIn, stopSession } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';

const FILE = {
  doi: 'https://doi.org/10.5072/SAMPLE-MA-5127',
  file: 'raw/S03/S03_0001.nxs',
  path: '/entry/data',
};

test('from the list and from a link to the data, by one click each', async ({
  page,
  site,
}) => {
  test.setTimeout(480_000); // Two sessions are started, and JupyterLab is opened four times.
  const pages = new ExperimentsPage(page, site.hub);
  const lab = new Lab(page);
  /** The file at the place that the link names. */
  const atTheData = async () => {
    await expect(page).toHaveURL(/\/user\/alice\/lab/, { timeout: 120_000 });
    const viewer = lab.panel('S03_0001.nxs');
    await expect(
      viewer.getByRole('treeitem', { name: /^data/, selected: true }).first(),
    ).toBeVisible({ timeout: 120_000 });
  };

  await test.step('a link is kept over signing in, and starts nothing', async () => {
    await pages.follow(FILE);
    await page.getByLabel('Username:').fill('alice');
    await page.getByLabel('Password:').fill(site.hub.settings.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(pages.content).toContainText('Nothing has been started');
    await expect(pages.content).toContainText('raw/S03/S03_0001.nxs');
  });

  await test.step('the list leads to a form that is filled, and Lab opens on the experiment', async () => {
    await pages.open('?text=duplex');
    await expect(pages.content).toContainText('No session is running');
    await pages
      .row('MA-5127')
      .getByRole('link', { name: /^Start a session with this/ })
      .click();
    const form = new SessionForm(page);
    await expect(form.summary).toContainText('MA-5127');
    await form.start.click();
    await expect(page).toHaveURL(/\/user\/alice\/lab/, { timeout: 120_000 });
    await expect(
      lab.panel(/^MA-5127/).getByRole('heading', { level: 1 }),
    ).toBeVisible({ timeout: 120_000 });
  });

  await test.step('the session that has it is offered first, and shows the place in the file', async () => {
    await pages.open();
    await expect(
      pages.row('MA-5127').getByRole('link', {
        name: /^Open in running session/,
      }),
    ).toBeVisible();
    await pages.follow(FILE);
    await expect(pages.content).toContainText('In the session that runs');
    await pages.content
      .getByRole('link', { name: 'Open', exact: true })
      .click();
    await atTheData();
    await pages.follow({ experiment: 'embedded:e2' });
    await expect(pages.content).toContainText('CH-6410 is added to it.');
    await pages.content
      .getByRole('link', { name: 'Open', exact: true })
      .click();
    await expect(
      lab.panel(/^CH-6410/).getByRole('heading', { level: 1 }),
    ).toBeVisible({ timeout: 120_000 });
    await lab.showExperiments();
    await expect(
      lab.experiments.getByRole('group', { name: /^In this session/ }),
    ).toContainText('CH-6410');
  });

  await test.step('without a session, one click starts one like the last and lands there', async () => {
    await stopSession(page, site.hub);
    await pages.follow(FILE);
    await expect(pages.content).toContainText('As last time:');
    await pages.press('Start and open');
    await atTheData();
    await stopSession(page, site.hub);
  });

  await test.step('what is not for her is as if it were not there', async () => {
    for (const experiment of ['embedded:e4', 'embedded:no-such']) {
      await pages.follow({ experiment });
      await expect(pages.content).toContainText(
        'leads to nothing that you may',
      );
    }
    await pages.follow({ ...FILE, file: '../../etc/passwd' });
    await expect(pages.content).toContainText('does not lie in the folders');
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`the pages can be read, heard and used on a phone, ${theme}`, async ({
    page,
    site,
  }) => {
    const pages = new ExperimentsPage(page, site.hub);
    await page.emulateMedia({ colorScheme: theme });
    await signIn(page, site.hub, 'alice');
    const clean = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(
        await page.evaluate(
          () =>
            document.documentElement.scrollWidth -
            document.documentElement.clientWidth,
        ),
      ).toBe(0);
      await page.setViewportSize({ width: 1200, height: 900 });
    };
    await pages.open('?scope=all');
    await clean();
    await pages.row('MA-5127').getByRole('link').first().click();
    await expect(pages.content).toContainText('Ines Marand');
    await clean();
    await pages.follow(FILE);
    await expect(pages.content).toContainText('Nothing has been started');
    await clean();
  });
}
