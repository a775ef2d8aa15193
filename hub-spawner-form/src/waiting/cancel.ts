import type { WaitingBoot } from './boot.js';

/** How long to wait for the session to be gone, in ms; the hub's form then tells of it. */
const PATIENCE = 30_000;

type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** The form of the session that was being started. */
export function formUrl({ base_url: base, user, server }: WaitingBoot): string {
  return server === ''
    ? `${base}spawn`
    : `${base}spawn/${encodeURIComponent(user)}/${encodeURIComponent(server)}`;
}

/**
 * Gives up the start: the job leaves the queue.
 *
 * @param xsrfToken - of the hub's page.
 * @param pause - waits a moment between two looks.
 * @throws {Error} in a sentence for the person, if the hub does not do it.
 */
export async function cancelStart(
  boot: WaitingBoot,
  xsrfToken: string,
  fetch: Fetch,
  pause: () => Promise<void>,
): Promise<void> {
  const { base_url: base, user, server } = boot;
  const owner = `${base}api/users/${encodeURIComponent(user)}`;
  const url =
    server === ''
      ? `${owner}/server`
      : `${owner}/servers/${encodeURIComponent(server)}`;
  const headers = { 'X-XSRFToken': xsrfToken };
  const until = Date.now() + PATIENCE;
  for (;;) {
    const response = await fetch(url, { method: 'DELETE', headers }).catch(
      () => null,
    );
    if (response?.status === 204 || response?.status === 404) {
      return;
    }
    // 202: it is being stopped; 400: it cannot be stopped while it is just being submitted.
    if (
      response === null ||
      ![202, 400].includes(response.status) ||
      Date.now() > until
    ) {
      throw new Error(
        'The hub did not cancel it. Your place is kept: try again, or stop the session under Home.',
      );
    }
    await pause();
  }
}
