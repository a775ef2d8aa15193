import { expect, test } from './fixtures.ts';
import { signIn, stopSession } from './pages/hub.ts';
import { startSession } from './pages/session.ts';

test('a session runs and stops where users see only their own jobs', async ({
  page,
  site,
}) => {
  const { hub, slurm } = site;
  await startSession(page, hub, 'bob', 'Everyday analysis cpu');
  expect(await slurm?.jobs('bob', 'bob')).toHaveLength(1);
  expect(await slurm?.jobs('bob', 'alice')).toEqual([]);
  // The hub has asked for the job's state many times by now, and still sees it.
  await page.goto(`${hub.url}hub/home`);
  await expect(
    page.getByRole('button', { name: 'Stop My Server' }),
  ).toBeVisible();
  await stopSession(page, hub);
  await expect.poll(() => slurm?.jobs('bob')).toEqual([]);
});

test('a partition for others is shown shut, with the reason', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'alice');
  const where = page.getByRole('radiogroup', { name: 'Where to run' });
  await expect(
    where.getByRole('radio', { name: 'During beamtime beam' }),
  ).toBeDisabled();
  await expect(where).toContainText('beam is only for the group bob.');
});
