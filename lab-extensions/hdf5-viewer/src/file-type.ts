import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { LabIcon } from '@jupyterlab/ui-components';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M3 3h7v5H8v3h5V9h8v6h-8v-2H8v5h5v-2h8v6h-8v-2H6V8H3z"/>
</svg>`;

export const hdf5Icon = new LabIcon({ name: 'beamtime:hdf5', svgstr: ICON });

/** HDF5 and what is HDF5 under another name: NeXus, CXI, netCDF-4. */
export const hdf5FileType: Partial<DocumentRegistry.IFileType> & {
  name: string;
} = {
  name: 'hdf5',
  displayName: 'HDF5',
  extensions: [
    '.h5',
    '.hdf5',
    '.hdf',
    '.nxs',
    '.nx',
    '.nexus',
    '.cxi',
    '.nc',
    '.nc4',
  ],
  mimeTypes: ['application/x-hdf5'],
  contentType: 'file',
  fileFormat: 'base64',
  icon: hdf5Icon,
};
