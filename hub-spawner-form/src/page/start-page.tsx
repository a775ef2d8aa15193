/** @jsxImportSource preact */
import { render } from 'preact';
import { App } from '../components/App.js';
import { SESSION_NAME } from '../components/SessionNameCard.js';
import type { Tools } from '../components/tools.js';
import { ExperimentSearch } from '../model/experiment-search.js';
import { FormStore } from '../model/form-store.js';
import { OwnSoftwareCheck } from '../model/own-software.js';
import { PresetShelf } from '../model/presets.js';
import { tabFor } from '../model/problems.js';
import { ScriptPreview } from '../model/script.js';
import { SessionName } from '../model/session-name.js';
import { readWish, wishFromQuery } from '../model/wish.js';
import { serverFromPath } from './address.js';
import { readBoot, type Boot } from './boot.js';
import { HubClient, type Fetch } from './client.js';
import { adoptHubForm, focusFirstProblem } from './hub-form.js';
import { pollWhileVisible } from './poll.js';

/** How often the figures are renewed, in ms. */
const INTERVAL = 15_000;

/** What the page gives besides its elements. */
export interface Surroundings {
  /** The page's address. */
  location: Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
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
    { user: boot.user, server: server ?? boot.server },
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
  const tools = makeTools(boot, server ?? boot.server, client, store, location);
  const { search, sessionName } = tools;
  const renew = () => {
    if (store.value.kind === 'ready') {
      search.renew(store.value.form.experiments);
    }
  };
  renew();
  store.subscribe(renew);
  let starting = false;
  const draw = () => render(<App tools={tools} starting={starting} />, root);

  const ended = new AbortController();
  const { signal } = ended;
  const setStarting = (now: boolean) => {
    starting = now;
    draw();
  };
  /** Makes the session of that name first, then sends the form to its address. */
  const startNamed = async () => {
    const name = await sessionName.make(signal);
    if (name === null) {
      setStarting(false);
      document.getElementById(SESSION_NAME)?.focus();
      return;
    }
    const user = encodeURIComponent(boot.user);
    hubForm.action = `${boot.baseUrl}spawn/${user}/${name}?_xsrf=${encodeURIComponent(xsrfToken)}`;
    hubForm.submit();
  };
  const mayStart = () => {
    const state = store.value;
    if (state.kind !== 'ready' || starting) {
      return false;
    }
    if (state.blocked) {
      store.showTab(tabFor(state.problems, state.tab));
      focusFirstProblem(root);
      return false;
    }
    setStarting(true);
    if (sessionName.given) {
      void startNamed();
      return false;
    }
    return true;
  };
  adoptHubForm(hubForm, root, mayStart, signal);
  // Back from the next page: this one may be as it was left.
  window.addEventListener('pageshow', () => setStarting(false), { signal });
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
    tools.script.dispose();
    tools.software.dispose();
    tools.presets.dispose();
  };
}

function makeTools(
  boot: Boot,
  server: string,
  client: HubClient,
  store: FormStore,
  { origin }: Pick<Location, 'origin'>,
): Tools {
  return {
    store,
    search: new ExperimentSearch(client),
    script: new ScriptPreview(client, store),
    presets: new PresetShelf(client, store),
    software: new OwnSoftwareCheck(client, store),
    sessionName: new SessionName(client),
    server,
    // After a refusal the hub gives the default session's data, whichever was asked for.
    ended: boot.ended?.server === server ? boot.ended : null,
    linkTo: (query) => `${origin}${boot.baseUrl}spawn#${query}`,
  };
}
