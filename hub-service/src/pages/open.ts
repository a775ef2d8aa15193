import type { Experiment } from '@beamtime/contract';
import { experimentKey } from '@beamtime/contract';
import type { RunningSession } from '../sessions/running.js';
import { experimentLink, whySeen } from './facts.js';
import { formatDates, formatMoment } from './format.js';
import { type Html, html } from './html.js';
import {
  type Around,
  carrierOf,
  formAddress,
  nameFor,
  opening,
  progressAddress,
} from './start.js';

/** Where a link leads, as far as it was found. */
export interface Target {
  experiment: Experiment;
  /** Path below the experiment's folder; empty for none. */
  file: string;
  /** Place in the file; empty for its beginning. */
  path: string;
  /** Below a session's address; `null` if it cannot be written so. */
  lab: string | null;
  /** The link's own query, for the form and for coming back. */
  query: string;
}

/** What can be started with one click. */
export interface Again {
  /** What will be asked for, in one sentence. */
  summary: string;
  /** Name of the session; empty for the default one. */
  server: string;
  xsrf: string;
}

/** Asks before anything is started: what it is, and in which session to open it. */
export function openContent(
  target: Target,
  around: Around,
  again: Again | null,
): Html {
  const { experiment } = target;
  return html`<div class="bt-narrow">
    <h1>Open this data?</h1>
    <p class="bt-lead">
      A link from a catalogue brought you here. Nothing has been started.
    </p>
    <section class="bt-card">
      ${summary(target)} ${ways(target, around, again)}
    </section>
    <p class="bt-quiet">
      ${whySeen(experiment.visibility, experiment.proposal)}
    </p>
  </div>`;
}

/** For somebody who has not signed in: open data is shown, and opened after signing in. */
export function signInContent(target: Target, prefix: string): Html {
  return html`<div class="bt-narrow">
    <h1>Open this data?</h1>
    <p class="bt-lead">
      A link from a catalogue brought you here. Sign in to look into the files.
    </p>
    <section class="bt-card">
      ${summary(target)}
      <div class="bt-row">
        <a
          class="bt-button bt-button-main"
          href="${prefix}open?${target.query}&amp;sign-in=1"
          >Sign in and go on</a
        >
      </div>
    </section>
    <p class="bt-quiet">
      ${whySeen(target.experiment.visibility, target.experiment.proposal)}
    </p>
  </div>`;
}

/** A start that the hub has refused: its words, and the form with the same choices. */
export function refusedContent(
  target: Target,
  around: Around,
  message: string,
): Html {
  return html`<div class="bt-narrow">
    <h1>The session was not started</h1>
    <p class="bt-notice" role="alert">${message}</p>
    <div class="bt-row">
      <a class="bt-button bt-button-main" href="${formFor(target, around, '')}"
        >Choose another session</a
      >
      <a class="bt-button" href="${around.prefix}open?${target.query}"
        >Back to the data</a
      >
    </div>
  </div>`;
}

function summary({ experiment, file, path }: Target): Html {
  const { proposal, title, instrument, start, end } = experiment;
  const dates = formatDates(start, end);
  return html`<h2>${proposal} · ${title}</h2>
    <dl class="bt-facts">
      <dt>Instrument</dt>
      <dd>${instrument.name}${dates === '' ? null : `, ${dates}`}</dd>
      ${
        file === ''
          ? null
          : html`<dt>File</dt>
              <dd><code>${file}</code></dd>`
      }
      ${
        path === ''
          ? null
          : html`<dt>Shown first</dt>
              <dd><code>${path}</code></dd>`
      }
    </dl>`;
}

function ways(target: Target, around: Around, again: Again | null): Html {
  const { experiment, lab } = target;
  const page = html`<a
    class="bt-button"
    href="${experimentLink(around.prefix, experimentKey(experiment.ref))}"
    >Only look at the experiment</a
  >`;
  if (experiment.dataPath === undefined || lab === null) {
    return html`<p class="bt-notice">
        ${
          lab === null
            ? 'The name of this file is too long, or has two dots in a row, so that no link can open it. Start a session with the experiment, and open the file there.'
            : 'Its files do not lie where sessions here can open them. Its page has the way to the catalogue.'
        }
      </p>
      <div class="bt-row">${page}</div>`;
  }
  const session = preferred(around, experiment);
  const server = nameFor(around.own, experiment);
  return html`${around.own === null ? html`<p class="bt-notice" role="status">The hub does not say at the moment which of your sessions run.</p>` : null}
    ${session && runningWay(session, target, around)}
    ${server === null ? null : newWay(target, around, again, session !== undefined, server)}
    ${
      session === undefined && server === null
        ? html`<p class="bt-notice">
            All your sessions are in use, and none of them is ready yet.
            <a href="${around.prefix}open?${target.query}">Look again</a>
          </p>`
        : null
    }
    <div class="bt-row">
      ${page} <a class="bt-button" href="${around.prefix}">Cancel</a>
    </div>`;
}

/** The session that has it, else any that runs and can be given it. */
function preferred(
  { own }: Around,
  experiment: Experiment,
): RunningSession | undefined {
  return (
    carrierOf(own, experiment) ??
    own?.sessions.find(({ state }) => state === 'running')
  );
}

function runningWay(
  session: RunningSession,
  { experiment, lab }: Target,
  around: Around,
): Html {
  const { title, ends, machine, state, url } = session;
  const has = session.experiments.includes(experimentKey(experiment.ref));
  const facts = [
    title || 'Your session',
    machine,
    ...(ends === null ? [] : [`ends ${formatMoment(ends)}`]),
  ].filter((part) => part !== '');
  return html`<section class="bt-way bt-chosen">
    <h3>
      ${state === 'running' ? 'In the session that runs' : 'In the session that is starting'}
    </h3>
    <p class="bt-small">
      ${facts.join(', ')}.
      ${has ? null : `${experiment.proposal} is added to it.`}
    </p>
    ${
      state === 'running'
        ? html`<a class="bt-button bt-button-main" href="${url}${lab}">Open</a>`
        : html`<a
            class="bt-button bt-button-main"
            href="${progressAddress(around, session.name, `${url}${lab}`)}"
            >See progress</a
          >`
    }
  </section>`;
}

function newWay(
  target: Target,
  around: Around,
  again: Again | null,
  isSecond: boolean,
  server: string,
): Html {
  const form = formFor(target, around, server);
  const main = isSecond ? 'bt-button' : 'bt-button bt-button-main';
  return html`<section class="bt-way ${isSecond ? null : 'bt-chosen'}">
    <h3>In a new session</h3>
    ${
      again === null
        ? html`<p class="bt-small">You choose its machine and time first.</p>
            <a class="${main}" href="${form}">Choose a session</a>`
        : html`<p class="bt-small">
              As last time: ${again.summary} <a href="${form}">Change…</a>
            </p>
            <form method="post" action="${around.prefix}open?${target.query}">
              <input type="hidden" name="xsrf" value="${again.xsrf}" />
              <input type="hidden" name="server" value="${again.server}" />
              <button class="${main}" type="submit">
                ${isSecond ? 'Start a new session' : 'Start and open'}
              </button>
            </form>`
    }
  </section>`;
}

function formFor(
  { experiment, file, path }: Target,
  around: Around,
  server: string,
): string {
  return formAddress(around, server, {
    experiments: experimentKey(experiment.ref),
    ...opening(experiment, file, path),
  });
}
