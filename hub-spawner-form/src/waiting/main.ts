import * as z from 'zod/mini';
import { startWaiting } from './start-waiting.js';
import './waiting.css';

/** What every page of the hub says of itself. */
const HubPage = z.object({ xsrf_token: z.string() });

const hub = HubPage.safeParse(Reflect.get(window, 'jhdata'));
startWaiting(document, {
  location: window.location,
  xsrfToken: hub.success ? hub.data.xsrf_token : '',
  fetch: (url, init) => fetch(url, init),
  listen: (url) => new EventSource(url),
});
