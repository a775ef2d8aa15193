import {
  type Dataset,
  type DatasetPage,
  type Experiment,
  experimentKey,
  type Person,
  type Pid,
} from '@beamtime/contract';
import { experimentLink, releaseBadge, whySeen } from './facts.js';
import { formatBytes, formatDates } from './format.js';
import { type Html, html } from './html.js';
import { problemLines } from './problems.js';
import { type Around, mainAction } from './start.js';

const ROLES: Readonly<Record<Person['role'], string>> = {
  'local-contact': 'local contact',
  pi: 'main proposer',
  'co-proposer': 'co-proposer',
  member: 'team',
};
const ORDER = Object.keys(ROLES);

/** One experiment: what, who, when, its data, the ways to it elsewhere. */
export function experimentContent(
  experiment: Experiment,
  datasets: DatasetPage | null,
  around: Around,
): Html {
  const { proposal, title, abstract, visibility, ref, url } = experiment;
  const here = experimentLink(around.prefix, experimentKey(ref));
  return html`<article>
    <p class="bt-quiet"><a href="${around.prefix}">All experiments</a></p>
    <h1>${proposal} · ${title} ${releaseBadge(experiment)}</h1>
    <div class="bt-row bt-actions">
      ${mainAction(experiment, around, true)}
      ${isWeb(url) ? html`<a class="bt-button" href="${url}" rel="noreferrer">In the catalogue’s portal</a>` : null}
    </div>
    ${facts(experiment)}
    ${
      abstract === undefined || abstract === ''
        ? null
        : html`<h2>Abstract</h2>
            <p class="bt-abstract">${abstract}</p>`
    }
    ${people(experiment.people)} ${data(datasets, here)}
    <p class="bt-quiet">${whySeen(visibility, proposal)}</p>
  </article>`;
}

function facts(experiment: Experiment): Html {
  const {
    instrument,
    visit,
    cycle,
    start,
    end,
    releaseAt,
    pids,
    license,
    dataPath,
  } = experiment;
  return html`<dl class="bt-facts">
    ${fact('Instrument', instrument.fullName === undefined ? instrument.name : `${instrument.name}, ${instrument.fullName}`)}
    ${fact('Dates', formatDates(start, end))} ${fact('Visit', visit ?? '')}
    ${fact('Cycle', cycle ?? '')}
    ${fact('Open from', formatDates(releaseAt, undefined))}
    ${pids
      .filter(({ scheme }) => scheme !== 'local')
      .map(
        (pid) =>
          html`<dt>${pid.scheme.toUpperCase()}</dt>
            <dd>${pidLink(pid)}</dd>`,
      )}
    ${fact('License', license ?? '')}
    ${
      dataPath === undefined
        ? null
        : html`<dt>Folder</dt>
            <dd><code>${dataPath}</code></dd>`
    }
  </dl>`;
}

function fact(name: string, value: string): Html | null {
  return value === ''
    ? null
    : html`<dt>${name}</dt>
        <dd>${value}</dd>`;
}

function pidLink({ scheme, value }: Pid): Html {
  const href =
    scheme === 'doi'
      ? `https://doi.org/${value.replace(/^https?:\/\/(dx\.)?doi\.org\//i, '')}`
      : scheme === 'handle' && !value.includes('://')
        ? `https://hdl.handle.net/${value}`
        : value;
  return isWeb(href)
    ? html`<a href="${href}" rel="noreferrer">${value}</a>`
    : html`${value}`;
}

/** Other addresses come from catalogues and could be `javascript:`. */
const isWeb = (url: string | undefined): url is string =>
  url !== undefined && /^https?:\/\//i.test(url);

function people(all: readonly Person[]): Html | null {
  const sorted = [...all].sort(
    (a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role),
  );
  return sorted.length === 0
    ? null
    : html`<h2>People</h2>
        <ul class="bt-people">
          ${sorted.map(
            ({ name, role, affiliation, email }) =>
              html`<li>
                <strong>${name}</strong>
                ${ROLES[role]}${affiliation === undefined ? null : `, ${affiliation}`}
                ${email === undefined ? null : html`<a href="mailto:${email}">${email}</a>`}
              </li>`,
          )}
        </ul>`;
}

function data(page: DatasetPage | null, here: string): Html {
  if (page === null) {
    return html`<p class="bt-notice" role="status">
      The datasets cannot be listed now. <a href="${here}">Try again</a>
    </p>`;
  }
  const { items, total, next } = page;
  return html`<h2>Datasets</h2>
    ${problemLines(page.problems, here)}
    ${
      items.length === 0
        ? html`<p class="bt-quiet">There are none yet.</p>`
        : html`<ul class="bt-datasets">
            ${items.map(dataset)}
          </ul>`
    }
    ${next === undefined ? null : html`<p class="bt-quiet">The first ${items.length}${total === undefined ? null : ` of ${total}`}. JupyterLab shows all of them, with their files.</p>`}`;
}

function dataset({
  name,
  sample,
  techniques,
  bytes,
  fileCount,
  pids,
  online,
}: Dataset): Html {
  const facts = [
    ...(sample === undefined ? [] : [sample]),
    ...techniques.map((technique) => technique.name),
    ...(fileCount === undefined
      ? []
      : [`${fileCount} ${fileCount === 1 ? 'file' : 'files'}`]),
    ...(bytes === undefined || bytes === 0 ? [] : [formatBytes(bytes)]),
    ...(online === 'archived' ? ['on tape'] : []),
  ];
  const doi = pids.find(({ scheme }) => scheme === 'doi');
  return html`<li>
    <strong>${name}</strong>
    <span class="bt-quiet"
      >${facts.join(' · ')}${doi && html`${facts.length > 0 ? ' · ' : null}${pidLink(doi)}`}</span
    >
  </li>`;
}
