import {
  type Experiment,
  experimentKey,
  experimentSlug,
} from '@beamtime/contract';
import type { OwnSessions, RunningSession } from '../sessions/running.js';
import { labPath } from '../sessions/link.js';
import { type Html, html } from './html.js';
import type { Reader } from './layout.js';

/** What a page with experiments knows of its reader's sessions. */
export interface Around {
  prefix: string;
  hub: string;
  reader: Reader;
  /** `null` if the hub did not tell. */
  own: OwnSessions | null;
}

/** Name for one more session with this experiment; empty for the default one. */
export function nameFor(
  own: OwnSessions | null,
  experiment: Experiment,
): string | null {
  return own === null
    ? ''
    : own.nextName(experimentSlug(experiment).toLowerCase());
}

/** The form, filled. What stands in a query would start the session; the hub sees no fragment. */
export function formAddress(
  { hub, reader }: Pick<Around, 'hub' | 'reader'>,
  server: string,
  filled: Record<string, string> = {},
): string {
  const place =
    server === ''
      ? ''
      : `/${encodeURIComponent(reader.name)}/${encodeURIComponent(server)}`;
  const fragment = new URLSearchParams(filled).toString();
  return `${hub}spawn${place}${fragment === '' ? '' : `#${fragment}`}`;
}

/**
 * Where the hub tells how a start goes on.
 *
 * @param next - where it leads when the session is there; its usual place if empty.
 */
export function progressAddress(
  { hub, reader }: Pick<Around, 'hub' | 'reader'>,
  server: string,
  next = '',
): string {
  const name = server === '' ? '' : `/${encodeURIComponent(server)}`;
  const query = next === '' ? '' : `?next=${encodeURIComponent(next)}`;
  return `${hub}spawn-pending/${encodeURIComponent(reader.name)}${name}${query}`;
}

/** The session that carries an experiment, one that runs before one that is being started. */
export function carrierOf(
  own: OwnSessions | null,
  { ref }: Experiment,
): RunningSession | undefined {
  const key = experimentKey(ref);
  const all = (own?.sessions ?? []).filter(
    ({ state, experiments }) =>
      state !== 'stopping' && experiments.includes(key),
  );
  return all.find(({ state }) => state === 'running') ?? all[0];
}

/** The one thing to do with an experiment: open it where it is, or start a session with it. */
export function mainAction(
  experiment: Experiment,
  around: Around,
  isMain = false,
): Html {
  const { proposal, title, dataPath, ref } = experiment;
  const what = `: ${proposal}, ${title}`;
  const look = isMain ? 'bt-button bt-button-main' : 'bt-button';
  const button = (href: string, words: string) =>
    html`<a class="${look}" href="${href}" aria-label="${words}${what}"
      >${words}</a
    >`;
  if (dataPath === undefined) {
    return html`<span class="bt-quiet">no data folder here</span>`;
  }
  const carrier = carrierOf(around.own, experiment);
  const server = nameFor(around.own, experiment);
  const running =
    carrier ??
    (server === null
      ? around.own?.sessions.find(({ state }) => state === 'running')
      : undefined);
  if (running) {
    const lab = `${running.url}${labPath(experiment, '', '') ?? 'lab'}`;
    return running.state === 'running'
      ? button(lab, 'Open in running session')
      : button(progressAddress(around, running.name, lab), 'See progress');
  }
  return server === null
    ? html`<span class="bt-quiet">all your sessions are in use</span>`
    : button(
        formAddress(around, server, {
          experiments: experimentKey(ref),
          ...opening(experiment),
        }),
        'Start a session with this',
      );
}

/** What makes JupyterLab open on the experiment. */
export function opening(
  experiment: Experiment,
  file = '',
  path = '',
): Record<string, string> {
  const lab = labPath(experiment, file, path);
  return lab === null ? {} : { default_url: `/${lab}` };
}
