import { expect, test } from './fixtures.ts';
import { startSession } from './pages/session.ts';
import { processesOf } from './processes.ts';

test('a session that takes more memory than it asked for ends, and the hub knows', async ({
  page,
  site,
}) => {
  const { hub, slurm } = site;
  const lab = await startSession(page, hub, 'bob', 'tiny');
  await page
    .getByRole('button', { name: /^Python 3/ })
    .first()
    .click();
  // More than the 2,000 MB of the partition, and kept.
  await lab.typeInNotebook('hoard = b"x" * (3 * 2**30); input("kept")');
  await expect.poll(() => slurm?.jobs('bob'), { timeout: 60_000 }).toEqual([]);
  await expect.poll(() => processesOf('bob')).toEqual([]);
  await expect(async () => {
    await page.goto(`${hub.url}hub/home`);
    await expect(
      page.getByRole('button', { name: 'Start My Server' }),
    ).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 60_000 });
});
