import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { askHub, signIn, stopSession } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';

test('the Experiments page leads to a form that is filled', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'bob');
  await page.goto(`${site.hub.url}services/beamtime/`);
  await expect(page.getByRole('main')).toContainText('LS-2875');
  await expect(page.getByRole('main')).not.toContainText('MA-5127');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'LS-2875' })
    .getByRole('link', { name: /Start a session/ })
    .click();
  await expect(
    page.getByRole('list', { name: 'Chosen experiments' }),
  ).toContainText('LS-2875');
  await expect(new SessionForm(page).summary).toContainText('LS-2875');
});

for (const theme of ['light', 'dark'] as const) {
  test(`form and Experiments page can be read and heard, ${theme}`, async ({
    page,
    site,
  }) => {
    await page.emulateMedia({ colorScheme: theme });
    await signIn(page, site.hub, 'bob');
    await expect(new SessionForm(page).start).toBeVisible();
    const form = await new AxeBuilder({ page })
      .include('#spawn_form')
      .analyze();
    expect(form.violations).toEqual([]);
    await page.goto(`${site.hub.url}services/beamtime/`);
    const list = await new AxeBuilder({ page }).analyze();
    expect(list.violations).toEqual([]);
  });
}

test.describe('REST', () => {
  const wish = { partition: 'local', nprocs: 1, runtime: '1:00:00' };
  for (const [what, options, words] of [
    ['a key that is no field', { ...wish, cmd: 'id' }, 'cmd'],
    ['more than there is', { ...wish, nprocs: 9999 }, 'at most'],
    [
      'an experiment of others',
      { ...wish, experiments: ['embedded:e1'] },
      'embedded:e1',
    ],
  ] as const) {
    test(`refuses ${what}, in words`, async ({ page, site }) => {
      await signIn(page, site.hub, 'bob');
      const answer = await askHub(page, 'POST', 'users/bob/server', {
        user_options: options,
      });
      expect(answer.status).toBe(400);
      expect(answer.message).toContain(words);
    });
  }
});

test('the session lives on one path of the hub, and knows what it was started with', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'bob');
  const form = new SessionForm(page);
  await form.chooseExperiment('LS-2875');
  await form.start.click();
  const lab = new Lab(page);
  await lab.ready();
  await lab.showExperiments();
  await expect(
    lab.experiments.getByRole('group', { name: /^In this session/ }),
  ).toContainText('LS-2875');
  // One that was not asked for is added when it is opened.
  const experiment = await lab.openExperiment('CH-6410');
  await experiment.getByRole('button', { name: 'Raw data' }).click();
  await expect(
    page.getByRole('region', { name: 'File Browser Section' }),
  ).toContainText('C07');
  await stopSession(page, site.hub);
});

test('an admin sees every experiment, in the form and in Lab', async ({
  page,
  site,
}) => {
  const all = ['MA-5127', 'LS-2875', 'MA-5288'];
  await signIn(page, site.hub, 'ada');
  const form = new SessionForm(page);
  const offered = (await form.offered()).join('\n');
  for (const proposal of all) {
    expect(offered).toContain(proposal);
  }
  await page.keyboard.press('Escape');
  await form.start.click();
  const lab = new Lab(page);
  await lab.ready();
  await lab.showExperiments();
  for (const proposal of all) {
    await expect(lab.experiments).toContainText(proposal);
  }
  await stopSession(page, site.hub);
});
