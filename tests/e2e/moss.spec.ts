import { readFile } from 'node:fs/promises';
import { run } from '../../scripts/shared/run.mjs';
import { expect, test } from './fixtures.ts';
import { SessionForm } from './pages/form.ts';
import { askHub, signIn, stopSession } from './pages/hub.ts';
import { processesOf } from './processes.ts';

/** One line of scontrol's description of the person's only job. */
async function jobOf(user: string): Promise<string> {
  const id = (await run('squeue', ['-h', '-u', user, '-o', '%A'])).trim();
  expect(id).toMatch(/^\d+$/);
  return run('scontrol', ['show', 'job', '--oneliner', id]);
}

/** Variables of the environment of the person's JupyterLab. */
async function environmentOf(user: string): Promise<string[]> {
  const server = (await processesOf(user)).find((line) =>
    line.includes('jupyterhub-singleuser'),
  );
  const pid = /^\s*(\d+)/.exec(server ?? '')?.[1] ?? '';
  return (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0');
}

test('a configuration of jupyterhub_moss shows its partitions and the site’s own words', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'alice');
  const where = page.getByRole('radiogroup', { name: 'Where to run' });
  await expect(where.getByRole('radio', { name: /Everyday/ })).toBeVisible();
  await expect(where.getByRole('radio', { name: /Learning/ })).toBeVisible();
  // Of the others, one is not for the simple form; moss's configuration does not name the rest.
  await expect(where.getByRole('radio')).toHaveCount(2);
  await expect(
    page.getByText('News of the cluster: 3 partitions.'),
  ).toBeVisible();
  const log = await readFile(site.hub.logFile, 'utf8');
  expect(log).toContain('c.MOSlurmSpawner.slurm_info_cmd is not run');
});

test('a link of moss fills the form, and the job runs in the environment that it names', async ({
  page,
  site,
}) => {
  const { hub, slurm } = site;
  await signIn(page, hub, 'alice');
  await page.goto(
    `${hub.url}hub/spawn?partition=gpu&environment_id=default&nprocs=2&mem=600M&ngpus=1&runtime=0:20:00&output=true`,
  );
  const { summary, start } = new SessionForm(page);
  await expect(summary).toContainText('2 cores');
  await expect(summary).toContainText('600 MB');
  expect(await slurm?.jobs('alice')).toEqual([]);
  await start.click();
  await expect(page).toHaveURL(/\/user\/alice\/lab/, { timeout: 120_000 });

  const job = await jobOf('alice');
  for (const said of [
    'Partition=gpu ',
    'NumCPUs=2 ',
    'TimeLimit=00:20:00 ',
    'Comment=moved ',
    'gpu:v100:1',
  ]) {
    expect(job).toContain(said);
  }
  expect(await environmentOf('alice')).toContain('SITE_SAYS=learning');
  const output = /StdOut=(\S+)/.exec(job)?.[1] ?? '';
  expect(output).toMatch(/slurm-\d+\.out$/);
  expect(await readFile(output, 'utf8')).toContain(
    'Starting default environment',
  );
  await stopSession(page, hub);
});

test('REST clients of moss are understood, and checked', async ({
  page,
  site,
}) => {
  const { hub, slurm } = site;
  await signIn(page, hub, 'bob');
  /** All that moss's clients must send. */
  const asked = {
    ...{ partition: 'cpu', runtime: '0:20:00', nprocs: 1, memory: '500M' },
    ...{ ngpus: 0, reservation: '', options: '', output: '/dev/null' },
    ...{ environment_id: 'default', environment_path: '' },
    ...{ environment_modules: '', default_url: '/lab', root_dir: '' },
    ...{ gres: '', prologue: '' },
  };
  const spawn = (options: object) =>
    askHub(page, 'POST', 'users/bob/server', { user_options: options });
  const tooMany = await spawn({ ...asked, nprocs: 9999 });
  expect(tooMany.status).toBe(400);
  expect(tooMany.message).toContain('9999 cores');
  expect(await slurm?.jobs('bob')).toEqual([]);
  expect((await spawn({ ...asked, prologue: 'id' })).status).toBe(400);
});
