import type { Page } from '@playwright/test';
import type { Hub } from '../../facility/hub.ts';
import { SessionForm } from './form.ts';
import { signIn } from './hub.ts';
import { Lab } from './lab.ts';

/** Signs in and starts a session on a partition, as the form offers it; waits for JupyterLab. */
export async function startSession(
  page: Page,
  hub: Hub,
  user: string,
  partition: string,
): Promise<Lab> {
  await signIn(page, hub, user);
  const form = new SessionForm(page);
  await form.choose('Where to run', partition);
  await form.start.click();
  const lab = new Lab(page);
  await lab.ready();
  return lab;
}
