/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from '../components/App.js';
import { ExperimentSearch } from '../model/experiment-search.js';
import { FormStore } from '../model/form-store.js';
import { readWish, wishFromQuery } from '../model/wish.js';
import { serverFromPath } from './address.js';
import { readBoot } from './boot.js';
import { HubClient, type Fetch } from './client.js';
import { adoptHubForm, focusFirstProblem } from './hub-form.js';
import { pollWhileVisible } from './poll.js';

/** How often the figures are renewed, in ms. */
const INTERVAL = 15_000;

/** What the page gives besides its elements. */
export interface Surroundings {
  /** The page's address. */
  location: Pick<Location, 'pathname' | 'search' | 'hash'>;
  /** The hub's address and token, as its pages name them. */
  hubUrl: string;
  xsrfToken: string;
  fetch: Fetch;
}

/**
 * Draws the form into the hub's page.
 *
 * @returns a function that ends its work; for tests.
 */
export function startPage(
  document: Document,
  { location, hubUrl, xsrfToken, fetch }: Surroundings,
): () => void {
  const root = document.getElementById('beamtime-form');
  const hubForm = root?.closest('form');
  if (!root || !hubForm) {
    throw new Error('The element "beamtime-form" is not in a form of the hub.');
  }
  const data = document.getElementById('beamtime-form-data');
  const boot = readBoot(data?.textContent ?? '', hubUrl);
  const server = serverFromPath(location.pathname, boot.baseUrl);
  const client = new HubClient(
    boot.baseUrl,
    server ?? boot.server,
    xsrfToken,
    fetch,
  );
  const store = new FormStore(client, {
    form: boot.form,
    problem: boot.problem,
    refused: boot.refused?.errors ?? [],
    wish: boot.refused
      ? readWish(boot.refused.options)
      : // A link of ours puts its wishes behind a #: what stands in the query would
        // make the hub start the session without asking.
        wishFromQuery(location.hash.slice(1) || location.search),
  });
  const search = new ExperimentSearch(client);
  const renew = () => {
    if (store.value.kind === 'ready') {
      search.renew(store.value.form.experiments);
    }
  };
  renew();
  store.subscribe(renew);
  let starting = false;
  const draw = () =>
    render(<App store={store} search={search} starting={starting} />, root);

  const ended = new AbortController();
  const { signal } = ended;
  const mayStart = () => {
    const state = store.value;
    if (state.kind !== 'ready' || starting) {
      return false;
    }
    if (state.blocked) {
      focusFirstProblem(root);
      return false;
    }
    starting = true;
    draw();
    return true;
  };
  adoptHubForm(hubForm, root, mayStart, signal);
  // Back from the next page: this one may be as it was left.
  const backAgain = () => {
    starting = false;
    draw();
  };
  window.addEventListener('pageshow', backAgain, { signal });
  draw();
  if (boot.form && boot.refused && boot.refused.errors.length > 0) {
    // Said at the fields and above them: the hub's own message need not say it again.
    hubForm.closest('.container')?.classList.add('bt-refused');
    focusFirstProblem(root);
  }
  const stopPolling = pollWhileVisible(document, INTERVAL, (asked) =>
    store.refresh(asked),
  );
  return () => {
    ended.abort();
    stopPolling();
  };
}
