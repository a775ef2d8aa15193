import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { signIn, stopSession } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';
import { fromPalette, Picker } from './pages/picker.ts';

/** What the panel asks the service for. */
const LISTS = /\/services\/beamtime\/api\/v1\/experiments(\?|$)/;

test('an experiment is found, marked, added and read, with the keyboard', async ({
  page,
  site,
}, info) => {
  test.slow(); // One session for the whole way, instead of seven.
  await signIn(page, site.hub, 'alice');
  await new SessionForm(page).start.click();
  const lab = new Lab(page);
  await lab.ready();
  await lab.showExperiments();
  const picker = new Picker(lab);
  const { keyboard } = page;

  await test.step('typing finds it, and keys mark and add it', async () => {
    await expect(picker.row('IH-0042')).toBeVisible();
    await picker.search.focus();
    await keyboard.type('duplex');
    await expect(picker.row('IH-0042')).toBeHidden();
    await keyboard.press('ArrowDown');
    await expect(picker.list).toBeFocused();
    await keyboard.press('f');
    await expect(picker.row('MA-5127')).toHaveAccessibleName(/a favourite/);
    await keyboard.press('Control+Enter');
    await expect(picker.group('In this session')).toContainText('MA-5127', {
      timeout: 60_000,
    });
    await keyboard.press('Shift+F10');
    await expect(page.getByRole('menu')).toContainText('Copy the Path');
    await keyboard.press('Escape');
    await picker.list.focus();
    await keyboard.press('/');
    await expect(picker.search).toBeFocused();
    await keyboard.press('Escape');
    await expect(picker.row('IH-0042')).toBeVisible();
  });

  await test.step('where nothing is found a click widens the search', async () => {
    await picker.button('Mine').click();
    await picker.panel
      .getByRole('combobox', { name: 'Instrument' })
      .selectOption('TOMO-2');
    await picker.search.fill('duplex');
    await expect(picker.panel).toContainText('Nothing for “duplex”');
    await picker.button('Search all instruments').click();
    await expect(picker.row('MA-5127')).toBeVisible();
    await picker.search.fill('');
    await picker.button('Mine').click();
  });

  await test.step('what was chosen and marked is there after a reload', async () => {
    // JupyterLab writes down its state a moment after it changed.
    const written = page.waitForRequest(
      (request) =>
        request.method() === 'PUT' &&
        /"only":"favourites","layout":"table"/.test(request.postData() ?? ''),
    );
    await picker.button('Favourites').click();
    await picker.button('As a table').click();
    await expect(picker.list.getByRole('option')).toHaveCount(1);
    await (await written).response();
    await page.reload();
    await lab.ready();
    await lab.showExperiments();
    await expect(picker.button('Favourites')).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(picker.row('MA-5127')).toBeVisible();
    await expect(picker.list.getByRole('option')).toHaveCount(1);
    await picker.button('Favourites').click();
    await picker.button('As cards').click();
  });

  await test.step('while the service is away the list stays, and comes back', async () => {
    await expect(picker.row('IH-0042')).toBeVisible();
    await page.route(LISTS, (route) => route.abort());
    await picker.button('Refresh').click();
    await expect(picker.panel.getByRole('alert')).toContainText('Trying again');
    await expect(picker.row('IH-0042')).toBeVisible();
    await page.unroute(LISTS);
    await picker.button('Try now').click();
    await expect(picker.panel.getByRole('alert')).toHaveCount(0);
  });

  const experiment = await lab.openExperiment('MA-5127');

  for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
    await test.step(`panel and experiment can be read and heard, ${theme}`, async () => {
      await fromPalette(page, `Theme: ${theme}`);
      await expect(page.locator('body')).toHaveAttribute(
        'data-jp-theme-name',
        theme,
      );
      await expect(experiment.locator('[data-rel-path]').first()).toBeVisible();
      for (const part of ['.bt-Panel', '.bt-Experiment']) {
        const { violations } = await new AxeBuilder({ page })
          .include(part)
          .analyze();
        expect(violations).toEqual([]);
      }
      await page.screenshot({ path: info.outputPath(`${theme}.png`) });
    });
  }

  await test.step('a notebook begins with the data, and takes code for a file', async () => {
    await experiment
      .getByRole('button', { name: 'New notebook', exact: true })
      .click();
    const notebook = page.locator('.jp-NotebookPanel:visible');
    const first = notebook.locator('.jp-CodeCell').first();
    await expect(first).toContainText('MA-5127 BX11: Crack growth');
    await expect(page.getByText(/\(ipykernel\) \| Idle/)).toBeVisible({
      timeout: 60_000,
    });
    await first.locator('.cm-content').click();
    await keyboard.press('Control+Enter');
    await expect(first.locator('.jp-OutputArea-output')).toContainText(
      'entry',
      {
        timeout: 60_000,
      },
    );
    const cells = notebook.locator('.jp-CodeCell');
    const before = await cells.count();
    await lab.tab(/^MA-5127/).click();
    await experiment
      .getByRole('button', { name: /^Insert code that reads/ })
      .first()
      .click();
    await lab.tab(/Untitled/).click();
    await expect(cells).toHaveCount(before + 1);
    await expect(notebook).toContainText('import h5py');
  });

  await stopSession(page, site.hub);
});

test('an address opens an experiment and its file at a place', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'alice');
  await new SessionForm(page).start.click();
  const lab = new Lab(page);
  await lab.ready();
  const wish = new URLSearchParams({
    'beamtime-experiment': 'embedded:e1',
    'beamtime-file': 'raw/S03/S03_0001.nxs',
    'beamtime-at': '/entry/data/data',
  });
  await page.goto(`${page.url().split('?')[0] ?? ''}?${wish}`);
  await expect(lab.tab(/^MA-5127/)).toBeVisible({ timeout: 60_000 });
  await expect(lab.tab('S03_0001.nxs')).toBeVisible({ timeout: 60_000 });
  await expect(page).not.toHaveURL(/beamtime-experiment/);
  await stopSession(page, site.hub);
});
