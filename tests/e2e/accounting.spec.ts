import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { askHub, signIn, stopSession } from './pages/hub.ts';

/** Asks one of the form's own addresses, as the form does. */
function askForm(page: Page, path: string, body?: object): Promise<unknown> {
  return page.evaluate(
    async ([where, what]) => {
      const { base_url: base, xsrf_token: xsrf } = (
        window as unknown as {
          jhdata: { base_url: string; xsrf_token: string };
        }
      ).jhdata;
      const response = await fetch(`${base}beamtime/${where}`, {
        method: what === undefined ? 'GET' : 'POST',
        headers: { 'Content-Type': 'application/json', 'X-XSRFToken': xsrf },
        ...(what === undefined ? {} : { body: what }),
      });
      return (await response.json()) as unknown;
    },
    [path, body && JSON.stringify(body)] as const,
  );
}

const wish = { partition: 'cpu', nprocs: 1, runtime: '0:30:00' };

test('accounts and priority classes are those of Slurm, for each person', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'bob');
  expect(await askForm(page, 'form')).toMatchObject({
    associations: [
      { account: 'physics', partition: null, qos: ['express', 'normal'] },
      { account: 'beamline', partition: 'gpu', qos: ['normal'] },
    ].map((association) => expect.objectContaining(association) as unknown),
    qos: [
      { name: 'normal', maxMinutes: null },
      { name: 'express', maxMinutes: 60, maxCpus: 8 },
    ],
  });
});

test.describe('what the accounts do not allow is refused at its field', () => {
  for (const [field, more, says] of [
    ['account', { account: 'beamline' }, /cpu cannot be charged to beamline/],
    ['account', { account: 'chemistry' }, /Choose physics\./],
    ['qos', { qos: 'urgent' }, /Choose one of express, normal\./],
    ['runtime', { qos: 'express', runtime: '1:01:00' }, /at most 1 hour/],
    ['nprocs', { qos: 'express', nprocs: 9 }, /at most 8 cores/],
  ] as const) {
    test(`${field} ${JSON.stringify(more)}`, async ({ page, site }) => {
      await signIn(page, site.hub, 'bob');
      const options = { ...wish, ...more };
      expect(
        await askForm(page, 'preview', { server: '', options }),
      ).toMatchObject({
        ok: false,
        errors: [{ field, message: expect.stringMatching(says) as unknown }],
      });
    });
  }
});

test('a session is charged to what was asked for, and its script says so', async ({
  page,
  site,
}) => {
  await signIn(page, site.hub, 'bob');
  const options = { ...wish, account: 'physics', qos: 'express' };
  expect(await askForm(page, 'preview', { server: '', options })).toMatchObject(
    {
      script: expect.stringContaining(
        '#SBATCH --account=physics\n#SBATCH --qos=express\n',
      ),
    },
  );
  const { status, message } = await askHub(page, 'POST', 'users/bob/server', {
    user_options: options,
  });
  expect(message).toBe('');
  expect([201, 202]).toContain(status);
  await expect
    .poll(() => site.slurm?.charged('bob'), { timeout: 60_000 })
    .toEqual(['physics express']);
  await page.goto(`${site.hub.url}hub/home`);
  await stopSession(page, site.hub);
});
