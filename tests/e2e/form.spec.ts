import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { signIn } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';

for (const [theme, widths] of [
  ['light', [360, 1200]],
  // The colours are those of one style sheet, whatever the width.
  ['dark', [360]],
] as const) {
  test(`both tabs can be read and heard at any width, ${theme}`, async ({
    page,
    site,
  }, info) => {
    await page.emulateMedia({ colorScheme: theme });
    await signIn(page, site.hub, 'ines');
    const form = new SessionForm(page);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const tab of ['Simple', 'Advanced'] as const) {
        await form.tab(tab).click();
        const { violations } = await new AxeBuilder({ page })
          .include('#spawn_form')
          .analyze();
        expect(violations).toEqual([]);
        const tooWide = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth,
        );
        expect(tooWide).toBeLessThanOrEqual(0);
        await page.screenshot({
          path: info.outputPath(`${tab}-${String(width)}.png`),
          fullPage: true,
        });
      }
    }
  });
}

test('everything is reached and changed by the keyboard alone', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'ines');
  const form = new SessionForm(page);
  const { keyboard } = page;
  await form.tab('Simple').focus();
  await keyboard.press('ArrowRight');
  await expect(form.tab('Advanced')).toBeFocused();
  await keyboard.press('ArrowLeft');
  await expect(form.tab('Simple')).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(
    page.getByRole('list', { name: 'Fill the form from' }),
  ).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Fill from/ })).toBeFocused();
  await keyboard.press('Tab');
  await expect(form.experiment).toBeFocused();
  await keyboard.type('MA-5127');
  await keyboard.press('Enter');
  await expect(form.summary).toContainText('with the data of MA-5127');
  await keyboard.press('Backspace');
  await expect(form.summary).toContainText('only your own files');
  await page
    .getByRole('radiogroup', { name: 'How long' })
    .getByRole('radio', { checked: true })
    .focus();
  await keyboard.press('ArrowRight');
  await expect(form.summary).toContainText('for 8 hours');
});

test('what is typed wrong is said at its field, and mended with one click', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'ines');
  const form = new SessionForm(page);
  await form.tab('Advanced').click();
  await form.text('Cores').fill('4000');
  await expect(page.getByRole('alert')).toContainText([/at most \d+ core/]);
  await form.tab('Simple').click();
  await expect(form.summary).toContainText('To be changed: How much');
  await form.start.click();
  await expect(page).toHaveURL(/hub\/spawn/);
  await page.getByRole('button', { name: /^Use \d+ cores?$/ }).click();
  await expect(form.summary).not.toContainText('To be changed');
});

test('a preset outlives the page, is renamed and deleted', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'ines');
  const form = new SessionForm(page);
  await form.choose('How long', '2 h');
  await form.savePreset('Strain / maps');
  await page.reload();
  await expect(form.summary).toContainText('for 4 hours');
  let list = await form.openFill();
  await list
    .getByRole('button', { name: 'Strain / maps', exact: true })
    .click();
  await expect(form.summary).toContainText('for 2 hours');
  list = await form.openFill();
  await list.getByRole('button', { name: 'Rename Strain / maps' }).click();
  await list.getByRole('textbox').fill('Maps');
  await list.getByRole('button', { name: 'Rename' }).click();
  await list.getByRole('button', { name: 'Delete Maps…' }).click();
  await list.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('“Maps” is deleted.')).toBeVisible();
  await page.reload();
  list = await form.openFill();
  await expect(list).not.toContainText('maps', { ignoreCase: true });
});

for (const link of [
  '#partition=local&nprocs=1&runtime=2:00:00&root_dir=~/work',
  '?opt-partition=local&opt-nprocs=1&opt-runtime=2:00:00&opt-root_dir=~/work',
]) {
  test(`the link ${link.slice(0, 5)}… fills the form, and starts nothing`, async ({
    page,
    site,
  }) => {
    await signIn(page, site.hub, 'ines');
    await page.goto(`${site.hub.url}hub/home`);
    await page.goto(`${site.hub.url}hub/spawn${link}`);
    const form = new SessionForm(page);
    await expect(form.summary).toContainText(/1 core .*on local for 2 hours/);
    await expect(form.tab('Advanced')).toHaveAttribute('aria-selected', 'true');
    await expect(form.text('Start folder')).toHaveValue('~/work');
    await expect(page).toHaveURL(/hub\/spawn/);
    await page.goto(`${site.hub.url}hub/home`);
    await expect(
      page.getByRole('button', { name: 'Start My Server' }),
    ).toBeVisible();
  });
}

test('when the hub fails, what was typed stays, and the page says what is old', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'ines');
  const form = new SessionForm(page);
  await page.route('**/hub/beamtime/**', (route) => route.abort());
  await form.tab('Advanced').click();
  await form.text('Time').fill('3:00:00');
  await expect(page.getByText(/The script is not known now/)).toBeVisible();
  await expect(page.getByText(/These figures are not renewed/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(form.summary).toContainText('for 3 hours');
});

test('a session with a name runs beside others', async ({ page, site }) => {
  await signIn(page, site.hub, 'ines');
  const form = new SessionForm(page);
  await page
    .getByRole('textbox', { name: 'Name of the session' })
    .fill('Strain maps');
  await form.start.click();
  await new Lab(page).ready();
  expect(new URL(page.url()).pathname).toContain('/user/ines/strain-maps/');
  await page.goto(`${site.hub.url}hub/home`);
  const row = page.getByRole('row', { name: /Strain maps/ });
  await row.getByRole('button', { name: 'stop', exact: false }).click();
  await expect(row.getByRole('button', { name: /delete/i })).toBeVisible({
    timeout: 60_000,
  });
  await page.goto(`${site.hub.url}hub/spawn`);
  await expect(page.getByText('You have 1 named session.')).toBeVisible();
});
