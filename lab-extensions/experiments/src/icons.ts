import { LabIcon } from '@jupyterlab/ui-components';

const icon = (name: string, shapes: string) =>
  new LabIcon({
    name: `@beamtime/experiments:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <g class="jp-icon3" fill="#616161">${shapes}</g></svg>`,
  });

/** A beam that meets a sample and is scattered. */
export const experimentsIcon = icon(
  'experiments',
  `<path d="M0 7.4h5v1.2H0z"/><circle cx="7.6" cy="8" r="2.9"/>
    <path d="M10.9 6.9 15 4.2l.7 1-4.2 2.7zM11.3 7.4H16v1.2h-4.7zM11.5 8.1l4.2 2.7-.7 1-4.1-2.7z"/>`,
);

/** Filled; what is no favourite shows it in outline by CSS. */
export const starIcon = icon(
  'star',
  `<path class="bt-Star-shape" d="m8 1.6 1.9 4 4.4.6-3.2 3 .8 4.3L8 11.4l-3.9 2.1.8-4.3-3.2-3 4.4-.6z"/>`,
);

export const cardsIcon = icon(
  'cards',
  `<path d="M2 2h12v5H2zm1.2 1.2v2.6h9.6V3.2zM2 9h12v5H2zm1.2 1.2v2.6h9.6v-2.6z" fill-rule="evenodd"/>`,
);

export const tableIcon = icon(
  'table',
  `<path d="M2 3h12v1.4H2zM2 6h12v1.4H2zM2 9h12v1.4H2zM2 12h12v1.4H2z"/>`,
);
