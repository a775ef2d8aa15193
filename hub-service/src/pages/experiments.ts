import {
  type Experiment,
  experimentKey,
  type ExperimentPage,
  type ExperimentQuery,
} from '@beamtime/contract';
import { formatBytes, formatDates } from './format.js';
import { type Html, html } from './html.js';
import type { Links } from './layout.js';

/** The list of experiments: search, rows, what is missing, the way to older ones. */
export function experimentsContent(
  page: ExperimentPage,
  query: ExperimentQuery,
  user: string,
  { prefix, hub }: Links & { hub: string },
): Html {
  const { text = '' } = query;
  return html`<h1>Experiments</h1>
    ${text === '' && page.total === 0 ? null : search(text, prefix)}
    ${page.problems.map(({ message }) => html`<p class="bt-notice" role="status">${message} <a href="${prefix}">Try again</a></p>`)}
    ${
      page.items.length > 0
        ? html`<ul class="bt-list">
              ${page.items.map((experiment) => row(experiment, hub))}
            </ul>
            ${foot(page, query, prefix)}`
        : text === ''
          ? empty(user, hub)
          : nothingFound(text, prefix)
    }`;
}

function search(text: string, prefix: string): Html {
  return html`<form
    class="bt-find"
    action="${prefix}"
    method="get"
    role="search"
  >
    <input
      type="search"
      name="text"
      value="${text}"
      maxlength="200"
      aria-label="Search experiments"
      placeholder="Number, title, person, sample or DOI"
    />
    <button class="bt-button" type="submit">Search</button>
  </form>`;
}

function row(experiment: Experiment, hub: string): Html {
  const { proposal, title, instrument, people, visibility } = experiment;
  const contact = people.find(({ role }) => role === 'local-contact');
  const { datasetCount: count, bytes } = experiment;
  const facts = [
    instrument.name,
    ...(contact ? [`local contact ${contact.name}`] : []),
    count === undefined || count === 0
      ? 'no data yet'
      : `${count} ${count === 1 ? 'dataset' : 'datasets'}`,
    ...(bytes === undefined || bytes === 0 ? [] : [formatBytes(bytes)]),
  ];
  return html`<li>
    <div>
      <h2>
        ${proposal} · ${title}
        ${visibility === 'public' ? html`<span class="bt-badge">open data</span>` : null}
      </h2>
      <p class="bt-quiet">${facts.join(' · ')}</p>
    </div>
    <span class="bt-quiet"
      >${formatDates(experiment.start, experiment.end)}</span
    >
    ${startLink(experiment, hub)}
  </li>`;
}

function startLink(
  { ref, proposal, title, dataPath }: Experiment,
  hub: string,
) {
  if (dataPath === undefined) {
    return html`<span class="bt-quiet">no data folder here</span>`;
  }
  // The hub starts at once on a query (options_from_query); it never sees a fragment.
  const start = `${hub}spawn#experiments=${encodeURIComponent(experimentKey(ref))}`;
  return html`<a
    class="bt-button"
    href="${start}"
    aria-label="Start a session with this: ${proposal}, ${title}"
    >Start a session with this</a
  >`;
}

function foot(
  { items, total, next }: ExperimentPage,
  { text = '', limit, cursor }: ExperimentQuery,
  prefix: string,
): Html {
  const older = new URLSearchParams({
    ...(text !== '' && { text }),
    ...(limit !== undefined && { limit: String(limit) }),
    cursor: next ?? '',
  });
  const filtered = text !== '' || cursor !== undefined;
  return html`<p class="bt-foot bt-quiet">
    <span
      >${items.length} of ${total ?? 'your'} experiments, newest first.</span
    >
    ${next === undefined ? null : html`<a href="${prefix}?${older.toString()}">Show older</a>`}
    ${filtered ? html`<a href="${prefix}">Show all</a>` : null}
  </p>`;
}

function empty(user: string, hub: string): Html {
  return html`<section class="bt-card">
    <h2>You are on no experiment yet</h2>
    <p>
      An experiment appears here when you are on the team of its proposal. Ask
      the main proposer or the user office to add you; it takes effect at once.
      Your account here is <strong>${user}</strong>: tell them that name.
    </p>
    <div class="bt-row">
      <a class="bt-button bt-button-main" href="${hub}spawn"
        >Start without an experiment</a
      >
    </div>
  </section>`;
}

function nothingFound(text: string, prefix: string): Html {
  return html`<section class="bt-card">
    <h2>No experiment of yours matches “${text}”</h2>
    <p>
      Every word has to be in its number, title, people, samples or DOI. Try
      fewer words, or their beginnings.
    </p>
    <div class="bt-row"><a class="bt-button" href="${prefix}">Show all</a></div>
  </section>`;
}
