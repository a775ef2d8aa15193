import { LabIcon } from '@jupyterlab/ui-components';

const icon = (name: string, path: string) =>
  new LabIcon({
    name: `beamtime-desktop:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3 jp-icon-selectable" fill="#616161" d="${path}"/></svg>`,
  });

export const desktopIcon = icon(
  'desktop',
  'M3 4h18a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-7v2h3v2H7v-2h3v-2H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm1 2v9h16V6H4Z',
);
export const clipboardIcon = icon(
  'clipboard',
  'M9 2h6a1 1 0 0 1 1 1v1h3a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h3V3a1 1 0 0 1 1-1Zm1 2v2h4V4h-4ZM6 6v14h12V6h-2v2H8V6H6Zm2 5h8v2H8v-2Zm0 4h6v2H8v-2Z',
);
export const keyboardIcon = icon(
  'keyboard',
  'M2 6h20a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1Zm1 2v8h18V8H3Zm2 1h2v2H5V9Zm4 0h2v2H9V9Zm4 0h2v2h-2V9Zm4 0h2v2h-2V9ZM7 13h10v2H7v-2Z',
);
export const fullScreenIcon = icon(
  'full-screen',
  'M4 4h6v2H6v4H4V4Zm10 0h6v6h-2V6h-4V4ZM4 14h2v4h4v2H4v-6Zm14 0h2v6h-6v-2h4v-4Z',
);
export const fitIcon = icon(
  'fit',
  'M2 5h20v14H2V5Zm2 2v10h16V7H4Zm1 5 4-3v2h6V9l4 3-4 3v-2H9v2l-4-3Z',
);
export const cameraIcon = icon(
  'camera',
  'M9 4h6l1.5 2H21v14H3V6h4.5L9 4Zm3 4.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9Zm0 2a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5Z',
);
export const foundIcon = icon(
  'found',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.500 14.500L6 12l1.500-1.500 3 3 6-6L18 9l-7.500 7.500Z',
);
export const missingIcon = icon(
  'missing',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm4 12.500L14.500 16 12 13.500 9.500 16 8 14.500 10.500 12 8 9.500 9.500 8l2.500 2.500L14.500 8 16 9.500 13.500 12l2.500 2.500Z',
);
export const barsIcon = icon(
  'bars',
  'M3 15h3v5H3v-5Zm5-4h3v9H8v-9Zm5-4h3v13h-3V7Zm5-4h3v17h-3V3Z',
);
