import {
  type Experiment,
  experimentKey,
  type ExperimentPage,
  type Filters,
  type Scope,
} from '@beamtime/contract';
import { experimentFacts, experimentLink, releaseBadge } from './facts.js';
import { filterForm } from './filters.js';
import { formatDates } from './format.js';
import { type Html, html } from './html.js';
import { addressOf, isNarrowed, type ListQuery } from './list-query.js';
import { problemLines } from './problems.js';
import { type Around, carrierOf, formAddress, mainAction } from './start.js';

/** What the list is made of. */
export interface List {
  page: ExperimentPage;
  query: ListQuery;
  /** Whose experiments these are: as asked for, or as the page chose. */
  scope: Scope;
  filters: Filters;
  /** Cursor of the part before, empty for the first; `null` if this is the first. */
  back: string | null;
}

/** The list of experiments: search, what is missing, rows, the way to newer and older ones. */
export function experimentsContent(list: List, around: Around): Html {
  const { page, query, scope, filters } = list;
  const { prefix } = around;
  const again = addressOf(prefix, query, { cursor: query.cursor });
  return html`<section aria-labelledby="bt-experiments">
    <h2 class="bt-title" id="bt-experiments">Experiments</h2>
    ${filterForm({ query, scope, filters, prefix })}
    ${problemLines(page.problems, again)}
    ${
      page.items.length > 0
        ? html`<ul class="bt-list">
              ${page.items.map((experiment) => row(experiment, around))}
            </ul>
            ${foot(list, prefix)}`
        : nothing(list, around)
    }
  </section>`;
}

function row(experiment: Experiment, around: Around): Html {
  const { ref, proposal, title } = experiment;
  const carried = carrierOf(around.own, experiment) !== undefined;
  return html`<li${carried ? html` class="bt-carried"` : null}>
    <div>
      <h3>
        <a href="${experimentLink(around.prefix, experimentKey(ref))}"
          >${proposal} · ${title}</a
        >
        ${releaseBadge(experiment)}
      </h3>
      <p class="bt-quiet">${experimentFacts(experiment)}</p>
    </div>
    <span class="bt-quiet"
      >${formatDates(experiment.start, experiment.end)}</span
    >
    ${mainAction(experiment, around)}
  </li>`;
}

function foot({ page, query, back }: List, prefix: string): Html {
  const { items, total, next } = page;
  return html`<nav class="bt-foot bt-quiet" aria-label="Parts of the list">
    <span
      >${items.length}${total === undefined ? null : ` of ${total}`}
      ${total === 1 || items.length === 1 ? 'experiment' : 'experiments'}.</span
    >
    ${back === null ? null : html`<a rel="prev" href="${addressOf(prefix, query, { cursor: back })}">Previous</a>`}
    ${next === undefined ? null : html`<a rel="next" href="${addressOf(prefix, query, { cursor: next })}">Next</a>`}
  </nav>`;
}

/** Why there is nothing, and a way on: a wider search, other data, a session without an experiment. */
function nothing({ query, scope, page }: List, around: Around): Html {
  const { prefix, reader } = around;
  const without = html`<a
    class="bt-button"
    href="${formAddress(around, around.own?.nextName('session') ?? '')}"
    >Start without an experiment</a
  >`;
  if (isNarrowed(query)) {
    const { text } = query;
    return card(
      text.trim() === ''
        ? 'No experiment is like this'
        : `No experiment matches “${text.trim()}”`,
      html`Every word has to be in its number, title, people, samples or DOI.
      Try fewer words, or their beginnings, or look among all that you may see.`,
      html`<a
          class="bt-button bt-button-main"
          href="${addressOf(prefix, query, { instrument: '', when: '', scope: 'all' })}"
          >Look among all</a
        >
        <a class="bt-button" href="${prefix}">Show my experiments</a>`,
    );
  }
  if (page.problems.length > 0) {
    return card(
      'No experiments can be shown now',
      html`The line above says why. Sessions can be started all the same.`,
      without,
    );
  }
  if (scope !== 'mine' && scope !== 'all') {
    return card(
      'There are none',
      html`No experiment that you may see is of this kind.`,
      html`<a class="bt-button" href="${prefix}">Show my experiments</a>`,
    );
  }
  return card(
    'You are on no experiment yet',
    html`An experiment appears here when you are on the team of its proposal.
      Ask the main proposer or the user office to add you; it takes effect
      within a minute. Your account here is <strong>${reader.name}</strong>:
      tell them that name.`,
    html`${without}
      <a
        class="bt-button"
        href="${addressOf(prefix, query, { scope: 'public' })}"
        >Look at open data</a
      >`,
  );
}

function card(title: string, text: Html, ways: Html): Html {
  return html`<section class="bt-card">
    <h3>${title}</h3>
    <p>${text}</p>
    <div class="bt-row">${ways}</div>
  </section>`;
}
