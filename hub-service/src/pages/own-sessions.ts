import type { OwnSessions, RunningSession } from '../sessions/running.js';
import { formatMoment } from './format.js';
import { type Html, html } from './html.js';
import { type Around, formAddress, progressAddress } from './start.js';

/** What Slurm's commonest reasons mean; for others its own word has to do. */
const REASONS: Readonly<Record<string, string>> = {
  Resources: 'It is next, and waits for a machine to become free.',
  Priority: 'Other jobs come first.',
  Reservation: 'It waits for its reservation to begin.',
};

/**
 * The sessions of the reader: which run or wait, and the way to each.
 *
 * @param nameOf - what an experiment is called, by its key.
 */
export function ownSessions(
  around: Around,
  nameOf: (key: string) => string,
): Html {
  const { own } = around;
  return html`<section aria-labelledby="bt-sessions">
    <div class="bt-heading">
      <h1 id="bt-sessions">Your sessions</h1>
      ${own && html`<span class="bt-quiet">${quota(own)}</span>`}
    </div>
    ${
      own === null
        ? html`<p class="bt-notice" role="status">
            The hub does not say at the moment which of your sessions run.
            <a href="${around.hub}home">See them at the hub</a>
          </p>`
        : own.sessions.length === 0
          ? html`<p class="bt-lead">
              No session is running. Choose an experiment below and press
              <strong>Start a session with this</strong>, or
              <a href="${formAddress(around, '')}"
                >start one without an experiment</a
              >.
            </p>`
          : html`<ul class="bt-cards">
              ${own.sessions.map((session) => card(session, around, nameOf))}
              ${oneMore(own, around)}
            </ul>`
    }
  </section>`;
}

function quota({ inUse, most }: OwnSessions): string {
  return most === null ? `${inUse} in use` : `${inUse} of ${most} in use`;
}

function card(
  session: RunningSession,
  around: Around,
  nameOf: (key: string) => string,
): Html {
  const { state, experiments, machine, waits } = session;
  const data = experiments.map(nameOf).join(', ');
  const title =
    session.title || (data === '' ? 'Session without an experiment' : data);
  const facts = [...(data === title ? [] : [data]), machine]
    .filter((part) => part !== '')
    .join(' · ');
  const badge = {
    running: 'Running',
    starting: waits ? 'Waiting' : 'Starting',
    stopping: 'Stopping',
  }[state];
  return html`<li class="bt-session">
    <div class="bt-heading">
      <h2>${title}</h2>
      <span class="bt-badge bt-${state}">${badge}</span>
    </div>
    ${facts === '' ? null : html`<p class="bt-small">${facts}</p>`}
    ${times(session)}
    <div class="bt-row">
      ${
        state === 'running'
          ? html`<a
              class="bt-button bt-button-main"
              href="${session.url}"
              aria-label="Open: ${title}"
              >Open</a
            >`
          : state === 'starting'
            ? html`<a
                class="bt-button"
                href="${progressAddress(around, session.name)}"
                aria-label="See progress: ${title}"
                >See progress</a
              >`
            : null
      }
    </div>
  </li>`;
}

function times({ started, ends, waits, state }: RunningSession): Html | null {
  if (waits) {
    return html`${
        waits.expected === null
          ? null
          : html`<p>
              Expected to start <strong>${formatMoment(waits.expected)}</strong>
            </p>`
      }
      <p class="bt-quiet">
        ${REASONS[waits.reason] ?? null} Slurm says: ${waits.reason}
      </p>`;
  }
  if (state !== 'running' || started === null) {
    return null;
  }
  return html`<p class="bt-quiet">
    since
    ${formatMoment(started)}${ends === null ? null : html` · <strong>ends ${formatMoment(ends)}</strong>`}
  </p>`;
}

function oneMore(own: OwnSessions, around: Around): Html | null {
  const server = own.nextName('session');
  return server === null
    ? null
    : html`<li class="bt-session bt-more">
        <h2>One more session</h2>
        <p class="bt-quiet">
          Choose an experiment below, or start without one: for training, tests
          and your own files.
        </p>
        <div class="bt-row">
          <a class="bt-button" href="${formAddress(around, server)}"
            >Start without an experiment</a
          >
        </div>
      </li>`;
}
