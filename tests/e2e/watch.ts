import type { Page } from '@playwright/test';

/**
 * Notes what a page and its context should not do: ask for anything outside `origin`, or
 * meet an error that nobody caught. The list that is given grows.
 */
export function watchFaults(page: Page, origin: string): string[] {
  const { host } = new URL(origin);
  const faults: string[] = [];
  page.context().on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== origin) {
      faults.push(`asked for ${request.url()}`);
    }
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== host) {
      faults.push(`asked for ${socket.url()}`);
    }
  });
  page.context().on('weberror', (error) => {
    const { stack, message } = error.error();
    faults.push(`uncaught: ${stack ?? message}`);
  });
  return faults;
}
