import { AxeBuilder } from '@axe-core/playwright';
import { run, tryRun } from '../../scripts/shared/run.mjs';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { signIn, stopSession } from './pages/hub.ts';
import { Lab } from './pages/lab.ts';

/** Keeps a machine for people for an hour from now. */
const reserve = (name: string, users: string, node: string) =>
  run('scontrol', [
    'create',
    'reservation',
    `reservationname=${name}`,
    `users=${users}`,
    `nodes=${node}`,
    'starttime=now',
    'duration=60',
  ]);
const release = (name: string) =>
  tryRun('scontrol', ['delete', `reservationname=${name}`]);

test('Advanced lists what is hers, shows the script, and just that is submitted', async ({
  page,
  site,
}, info) => {
  await signIn(page, site.hub, 'alice');
  const form = new SessionForm(page);
  await form.tab('Advanced').click();
  await expect(form.list('Reservation')).toHaveText(/^None/);
  try {
    await reserve('bx11-now', 'alice', 'cpu02');
    await reserve('not-hers', 'bob', 'cpu01');
    // Without a reload: the page asks for itself.
    const option = form.list('Reservation').locator('option', {
      hasText: /^bx11-now – cpu02, until /,
    });
    await expect(option).toBeAttached({ timeout: 60_000 });
    await expect(form.list('Reservation')).not.toContainText('not-hers');
    await form.list('Partition').selectOption('cpu');
    await form.text('Cores').fill('2');
    await form.text('Memory').fill('0.6');
    await form.list('Unit of memory').selectOption('GB');
    await form.list('Reservation').selectOption('bx11-now');
    await page
      .getByRole('checkbox', { name: /^Keep it as slurm-number/ })
      .check();
    await form.text('Time').fill('0:20:00');
    for (const line of [
      '--partition=cpu',
      '--reservation=bx11-now',
      '--cpus-per-task=2',
      '--mem=614M',
      '--time=00:20:00',
    ]) {
      await expect(form.script).toContainText(line);
    }
    await expect(form.script.locator('.bt-changed')).toContainText('--time=');
    await expect(form.summary).toContainText('on cpu in bx11-now');
    const machine = page.getByRole('row', { name: /^cpu02/ });
    await expect(machine).toContainText('/ 32');
    await page.screenshot({
      path: info.outputPath('advanced.png'),
      fullPage: true,
    });
    const shown = (await form.script.innerText())
      .replace(/\s+\n/g, '\n')
      .trim();
    await form.savePreset('In the reservation');
    await form.start.click();
    await new Lab(page).ready();
    const [job = ''] = (await site.slurm?.jobs('alice')) ?? [];
    const id = job.split(' ')[0] ?? '';
    const submitted = await run('scontrol', ['write', 'batch_script', id, '-']);
    expect(submitted.replace(/\s+\n/g, '\n').trim()).toBe(shown);
    const said = await run('scontrol', ['show', 'job', id]);
    expect(said).toContain('Reservation=bx11-now');
    expect(said).toContain('TimeLimit=00:20:00');
    await stopSession(page, site.hub);
    await page.goto(`${site.hub.url}hub/spawn`);
    const fill = await form.openFill();
    await fill
      .getByRole('button', { name: 'In the reservation' })
      .first()
      .click();
    await expect(form.summary).toContainText('2 cores');
    await expect(form.summary).not.toContainText('bx11-now');
  } finally {
    await release('bx11-now');
    await release('not-hers');
  }
});

test('a reservation that is gone is refused at its field, and given up with one click', async ({
  page,
  site,
}, info) => {
  await reserve('gone-soon', 'alice', 'cpu02');
  try {
    await signIn(page, site.hub, 'alice');
    const form = new SessionForm(page);
    await form.tab('Advanced').click();
    await form.list('Partition').selectOption('cpu');
    await form
      .list('Reservation')
      .selectOption('gone-soon', { timeout: 60_000 });
    await form.text('Cores').fill('2');
    await form.text('Time').fill('0:20:00');
    await expect(form.summary).not.toContainText('To be changed');
    await release('gone-soon');
    await form.start.click();
    await expect(
      page.getByText('This session was refused, so nothing was started.'),
    ).toBeVisible({ timeout: 30_000 });
    await expect(form.list('Reservation')).toBeFocused();
    await expect(form.text('Cores')).toHaveValue('2');
    await expect(form.script.locator('.bt-bad')).toContainText('gone-soon');
    await page.screenshot({
      path: info.outputPath('refused.png'),
      fullPage: true,
    });
    await page.getByRole('button', { name: 'Use none' }).click();
    await expect(form.summary).not.toContainText('To be changed');
    await expect(form.script).not.toContainText('--reservation');
  } finally {
    await release('gone-soon');
  }
});

test('what she may not use stays to be seen, with the reason and what would run', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'alice');
  const form = new SessionForm(page);
  const where = page.getByRole('radiogroup', { name: 'Where to run' });
  await expect(where).toContainText(
    'beam is only for the group bob. Use Everyday analysis.',
  );
  await expect(where).toContainText('closed is closed: its state is "down".');
  await form.choose('Where to run', 'With a graphics card gpu');
  await form.tab('Advanced').click();
  await form.list('Type of GPU').selectOption('v100');
  await form.text('Cores').fill('32');
  // Only the machine with other GPUs has that many.
  await expect(
    page.getByRole('alert').filter({ hasText: 'v100' }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Use 16 cores' }).click();
  await expect(form.summary).not.toContainText('To be changed');
});

test('software of her own is looked at as she names it', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'alice');
  const form = new SessionForm(page);
  await form.tab('Advanced').click();
  await form.list('Software').selectOption('My own environment…');
  const path = form.text('Folder with bin');
  await path.fill('/nowhere/bin');
  const line = page.getByRole('status').filter({ hasText: 'not found' });
  await expect(line.first()).toBeVisible();
  await path.fill(site.hub.settings.labBin);
  await expect(
    page.getByText(/batchspawner-singleuser\s+found/).first(),
  ).toBeVisible();
});

test('a session that was ended for her is told on the form, with the end of its log', async ({
  page,
  site,
}, info) => {
  await signIn(page, site.hub, 'alice');
  const form = new SessionForm(page);
  await form.start.click();
  await new Lab(page).ready();
  const [job = ''] = (await site.slurm?.jobs('alice')) ?? [];
  const [id = ''] = job.split(' ');
  // Away from JupyterLab, which would speak of a lost server.
  await page.goto(`${site.hub.url}hub/home`);
  await run('scancel', [id]);
  const again = page.getByRole('button', { name: 'Start My Server' });
  await expect(async () => {
    await page.goto(`${site.hub.url}hub/home`);
    await expect(again).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto(`${site.hub.url}hub/spawn`);
  const notice = page.getByRole('region', { name: 'Your last session' });
  await expect(notice).toContainText(
    `Your last session ended: Job ${id} was cancelled, by you or by an administrator.`,
  );
  await notice.getByText('The end of its log').click();
  await expect(notice.getByLabel('The end of the log')).toContainText(
    /JOB \d+ ON \w+ CANCELLED AT/,
  );
  await expect(notice).toContainText(`/.beamtime/session-${id}.log`);
  await page.screenshot({ path: info.outputPath('ended.png') });
});

test('while a session waits, its steps are shown with both reasons, and it can be given up', async ({
  page,
  site,
}, info) => {
  // All of the one machine there is.
  const other = await run('runuser', [
    ...['-u', 'bob', '--', 'sbatch', '--parsable', '--partition=bigmem'],
    ...['--exclusive', '--time=20', '--chdir=/tmp', '--output=/dev/null'],
    '--wrap=sleep 1200',
  ]);
  try {
    await signIn(page, site.hub, 'alice');
    const form = new SessionForm(page);
    await form.tab('Advanced').click();
    await form.list('Partition').selectOption('bigmem');
    await form.text('Cores').fill('2');
    await form.start.click();
    const waiting = page.getByRole('listitem').filter({
      hasText: 'Waiting for a free machine',
    });
    await expect(waiting).toHaveAttribute('aria-current', 'step', {
      timeout: 60_000,
    });
    await expect(waiting).toContainText(/Slurm says: (Resources|Priority)/);
    await expect(page.getByText(/Slurm took it as job \d+/)).toBeVisible();
    await expect(page.getByText('Your server is starting up.')).toBeHidden();
    const { violations } = await new AxeBuilder({ page })
      .include('#beamtime-waiting')
      .analyze();
    expect(violations).toEqual([]);
    await page.screenshot({ path: info.outputPath('waiting.png') });
    await page.getByRole('button', { name: 'Cancel, keep my choices' }).click();
    await expect(form.summary).toContainText('bigmem', { timeout: 60_000 });
    await expect.poll(() => site.slurm?.jobs('alice')).toEqual([]);
  } finally {
    await tryRun('scancel', [other.trim()]);
  }
});
