import { LabIcon } from '@jupyterlab/ui-components';

/** A beam that meets a sample and is scattered. */
export const experimentsIcon = new LabIcon({
  name: '@beamtime/experiments:experiments',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <g class="jp-icon3" fill="#616161">
    <path d="M0 7.4h5v1.2H0z"/><circle cx="7.6" cy="8" r="2.9"/>
    <path d="M10.9 6.9 15 4.2l.7 1-4.2 2.7zM11.3 7.4H16v1.2h-4.7zM11.5 8.1l4.2 2.7-.7 1-4.1-2.7z"/>
  </g></svg>`,
});
