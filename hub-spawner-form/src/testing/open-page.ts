import type { FormData as SessionForm } from '@beamtime/contract';
import type { Answer } from '../page/client.js';
import { startPage } from '../page/start-page.js';
import { sessionForm } from './fixtures.js';

interface Opening {
  form?: SessionForm | null;
  problem?: string | null;
  refused?: { options: unknown; errors: { field: string; message: string }[] };
  ended?: object | null;
  path?: string;
}

/** The hub's page with our form in it, as jupyterhub's spawn.html draws it. */
export function openPage(opening: Opening = {}) {
  const { form = sessionForm(), problem = null } = opening;
  const { refused = null, ended = null } = opening;
  const { origin, pathname, search, hash } = new URL(
    opening.path ?? '/hub/spawn',
    'http://hub',
  );
  // jsdom has no layout, and nothing to scroll.
  Element.prototype.scrollIntoView = () => undefined;
  document.body.innerHTML = `
    <div class="container">
      <div class="row"><h1>Server Options</h1></div>
      <p class="spawn-error-msg"></p>
      <form id="spawn_form">
        <div id="beamtime-form"></div>
        <script type="application/json" id="beamtime-form-data"></script>
        <button type="submit">Start</button>
      </form>
    </div>`;
  const data = document.getElementById('beamtime-form-data');
  data?.append(
    JSON.stringify({
      base_url: '/hub/',
      server: '',
      user: 'alice',
      form,
      problem,
      refused,
      ended,
    }),
  );
  const hub = {
    asked: [] as string[],
    /** What it answers to every question; no answer by default. */
    answer: undefined as unknown,
    /** The fields of each form that was sent. */
    sent: [] as object[],
  };
  const hubForm = document.querySelector('form');
  hubForm?.addEventListener('submit', (event) => {
    event.preventDefault();
    hub.sent.push(Object.fromEntries(new FormData(hubForm)));
  });
  const stop = startPage(document, {
    location: { origin, pathname, search, hash },
    hubUrl: '/hub/',
    xsrfToken: 'token',
    fetch: (url) => {
      hub.asked.push(url);
      return hub.answer === undefined
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(answer(hub.answer));
    },
  });
  return { hub, stop };
}

function answer(body: unknown): Answer {
  return {
    ok: true,
    status: 200,
    redirected: false,
    headers: { get: () => null },
    json: () => Promise.resolve(body),
  };
}
