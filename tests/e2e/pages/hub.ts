import { expect, type Page } from '@playwright/test';
import type { Hub } from '../../facility/hub.ts';

/** Signs in at the hub and ends on the session form. */
export async function signIn(
  page: Page,
  hub: Hub,
  user: string,
): Promise<void> {
  await page.goto(`${hub.url}hub/login?next=${hub.settings.baseUrl}hub/spawn`);
  await page.getByLabel('Username:').fill(user);
  await page.getByLabel('Password:').fill(hub.settings.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/hub\/spawn/);
}

/** Stops the default session from the hub's home page, as its owner. */
export async function stopSession(page: Page, hub: Hub): Promise<void> {
  await page.goto(`${hub.url}hub/home`);
  await page.getByRole('button', { name: 'Stop My Server' }).click();
  await expect(
    page.getByRole('button', { name: 'Start My Server' }),
  ).toBeVisible({ timeout: 60_000 });
}

/** Asks the hub's REST API as the person signed in, from their page. */
export function askHub(
  page: Page,
  method: string,
  path: string,
  body: object,
): Promise<{ status: number; message: string }> {
  return page.evaluate(
    async ([way, where, what]) => {
      const { base_url: base, xsrf_token: xsrf } = (
        window as unknown as {
          jhdata: { base_url: string; xsrf_token: string };
        }
      ).jhdata;
      const response = await fetch(`${base}api/${where}`, {
        method: way,
        headers: { 'Content-Type': 'application/json', 'X-XSRFToken': xsrf },
        body: what,
      });
      // A session that is started or stopped is answered without a body.
      const answer = await response.text();
      const { message = '' } = (answer === '' ? {} : JSON.parse(answer)) as {
        message?: string;
      };
      return { status: response.status, message };
    },
    [method, path, JSON.stringify(body)] as const,
  );
}
