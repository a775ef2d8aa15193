import * as z from 'zod/mini';
import { startPage } from './page/start-page.js';
import './styles/page.css';
import './styles/fields.css';
import './styles/choices.css';
import './styles/experiments.css';
import './styles/advanced.css';
import './styles/cards.css';

/** What every page of the hub says of itself. */
const HubPage = z.object({ base_url: z.string(), xsrf_token: z.string() });

const hub = HubPage.safeParse(Reflect.get(window, 'jhdata'));
startPage(document, {
  location,
  hubUrl: hub.success ? hub.data.base_url : '/hub/',
  xsrfToken: hub.success ? hub.data.xsrf_token : '',
  fetch: (url, init) => fetch(url, init),
});
