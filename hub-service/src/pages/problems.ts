import type { SourceProblem } from '@beamtime/contract';
import { formatAge, formatMoment } from './format.js';
import { type Html, html } from './html.js';

/**
 * A line for each source that is missing: which, why, since when, what is shown instead.
 *
 * @param again - the page's own address.
 */
export function problemLines(
  problems: readonly SourceProblem[],
  again: string,
): Html[] {
  return problems.map(
    ({ label, message, since, shownAsOf }) =>
      html`<p class="bt-notice" role="status">
        <strong>${label}:</strong> ${message}
        <span class="bt-since"
          >Since
          ${formatMoment(since)}.${shownAsOf === undefined ? null : ` Shown: what it said ${formatAge(shownAsOf)} ago.`}</span
        >
        <a href="${again}">Try again</a>
      </p>`,
  );
}
