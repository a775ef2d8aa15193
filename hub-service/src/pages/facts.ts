import type { Experiment, Visibility } from '@beamtime/contract';
import { formatBytes } from './format.js';
import { type Html, html } from './html.js';

/** The page of one experiment. By query, since some proxies refuse a slash in a path's part. */
export function experimentLink(prefix: string, key: string): string {
  return `${prefix}experiment?${new URLSearchParams({ key }).toString()}`;
}

/** Instrument, local contact, size: one line. */
export function experimentFacts(experiment: Experiment): string {
  const { instrument, people, datasetCount: count, bytes } = experiment;
  const contact = people.find(({ role }) => role === 'local-contact');
  return [
    instrument.name,
    ...(contact ? [`local contact ${contact.name}`] : []),
    ...(count === undefined
      ? []
      : count === 0
        ? ['no data yet']
        : [`${count} ${count === 1 ? 'dataset' : 'datasets'}`]),
    ...(bytes === undefined || bytes === 0 ? [] : [formatBytes(bytes)]),
  ].join(' · ');
}

/** Whether others may see it already. */
export function releaseBadge({
  visibility,
  releaseAt,
}: Experiment): Html | null {
  return visibility === 'public' ||
    (releaseAt !== undefined && Date.parse(releaseAt) <= Date.now())
    ? html`<span class="bt-badge">open data</span>`
    : null;
}

/** Why the reader may see it, for the foot of a page. */
export function whySeen(visibility: Visibility, proposal: string): string {
  return {
    member: `You may see this because you are on the team of ${proposal}.`,
    staff:
      'You may see this because you look after the instrument, or belong to the staff.',
    public: 'Everybody may see this: it is open data. Its team is not shown.',
  }[visibility];
}
