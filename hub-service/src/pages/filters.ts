import type { Filters, Scope } from '@beamtime/contract';
import { type Html, html } from './html.js';
import { addressOf, type ListQuery } from './list-query.js';

const SCOPES: readonly (readonly [Scope, string])[] = [
  ['mine', 'Mine'],
  ['instrument', 'My instruments'],
  ['embargoed', 'Under embargo'],
  ['public', 'Open data'],
  ['all', 'All that I may see'],
];

const SORTS = [
  ['newest', 'Newest first'],
  ['oldest', 'Oldest first'],
  ['number', 'By number'],
  ['title', 'By title'],
] as const;

/** The search and its filters, which work without any script. */
export function filterForm({
  query,
  scope,
  filters,
  prefix,
}: {
  query: ListQuery;
  scope: Scope;
  filters: Filters;
  prefix: string;
}): Html {
  return html`<form
      class="bt-find"
      action="${prefix}"
      method="get"
      role="search"
    >
      <input
        type="search"
        name="text"
        value="${query.text}"
        maxlength="200"
        aria-label="Search experiments"
        placeholder="Number, title, person, sample or DOI"
      />
      ${query.scope === '' ? null : html`<input type="hidden" name="scope" value="${query.scope}" />`}
      ${select('instrument', 'Instrument', query.instrument, [
        ['', 'All instruments'],
        ...filters.instruments.map(
          ({ name, fullName }) =>
            [
              name,
              fullName === undefined ? name : `${name}, ${fullName}`,
            ] as const,
        ),
      ])}
      ${select('when', 'Time', query.when, [
        ['', 'Any time'],
        ...filters.years.map((year) => [String(year), String(year)] as const),
        ...filters.cycles.map(
          (cycle) => [`cycle:${cycle}`, `Cycle ${cycle}`] as const,
        ),
      ])}
      ${select('sort', 'Order', query.sort, SORTS)}
      <button class="bt-button" type="submit">Search</button>
    </form>
    <nav class="bt-chips" aria-label="Whose experiments">
      ${SCOPES.map(
        ([name, label]) =>
          html`<a
            class="bt-chip"
            href="${addressOf(prefix, query, { scope: name })}"
            ${name === scope ? html`aria-current="true"` : null}
            >${label}</a
          >`,
      )}
    </nav>`;
}

/** A list to choose from; what is chosen stays in it even if no source knows it. */
function select(
  name: string,
  label: string,
  chosen: string,
  options: readonly (readonly [string, string])[],
): Html {
  const known = options.some(([value]) => value === chosen);
  const all = known ? options : [...options, [chosen, chosen] as const];
  return html`<select name="${name}" aria-label="${label}">
    ${all.map(([value, words]) => html`<option value="${value}" ${value === chosen ? html`selected` : null}>${words}</option>`)}
  </select>`;
}
