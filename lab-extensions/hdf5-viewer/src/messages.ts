import type { TranslationBundle } from '@jupyterlab/translation';

import type { Failure } from './worker/protocol.js';

/** What is shown to a person: what is wrong, and what can be done. */
export interface Message {
  title: string;
  advice: string;
}

/** A number of bytes as people read it: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit] ?? ''}`;
}

/** @param name - Name of the file, or path of what cannot be read in it. */
export function describeFailure(
  failure: Failure,
  name: string,
  trans: TranslationBundle,
): Message {
  switch (failure.kind) {
    case 'missing':
      return {
        title: trans.__('%1 is not there any more', failure.file),
        advice: trans.__(
          'It has been moved, renamed or deleted since it was listed. Look for it in the file browser.',
        ),
      };
    case 'forbidden':
      return {
        title: trans.__('You may not read %1', failure.file),
        advice: trans.__(
          'Your account has no permission for this file, or you have been signed out. Reload the page; if that does not help, ask your local contact for access to the data.',
        ),
      };
    case 'unreachable':
      return {
        title: trans.__('The Jupyter server does not answer'),
        advice: trans.__(
          'Your session may have ended, or the network is down. Check both, then try again.',
        ),
      };
    case 'changed':
      return {
        title: trans.__('%1 has been replaced while it was read', failure.file),
        advice: trans.__('Press Refresh to read it as it is now.'),
      };
    case 'empty':
      return {
        title: trans.__('%1 is empty', name),
        advice: trans.__(
          'The file has 0 bytes. If it is just being written, try again when the first data is there.',
        ),
      };
    case 'not-hdf5':
      return {
        title: trans.__('%1 is not an HDF5 file', name),
        advice: failure.netcdf3
          ? trans.__(
              'It is a netCDF-3 file, an older format. nccopy -k nc4 converts it to netCDF-4, which is HDF5.',
            )
          : trans.__(
              'Its name says HDF5, its content does not. It may be of another format, or a download that failed.',
            ),
      };
    case 'truncated':
      return {
        title: trans.__('%1 is cut short', name),
        advice: trans.__(
          'It has %1 of %2. If it is being copied, wait for the copy to end and try again; otherwise copy it again.',
          formatBytes(failure.bytes),
          formatBytes(failure.expected),
        ),
      };
    case 'being-written':
      return {
        title: trans.__('%1 is being written', name),
        advice: trans.__(
          'The program that writes it does not let others read meanwhile. Try again when it has closed the file; if it has crashed, h5clear -s makes a copy readable.',
        ),
      };
    case 'filter':
      return {
        title: trans.__(
          'The compression %1 is not available here',
          failure.name,
        ),
        advice: trans.__(
          'The rest of the file can be read. In a notebook, h5py with the package hdf5plugin reads this dataset.',
        ),
      };
    case 'too-large':
      return {
        title: trans.__(
          '%1 is too much to show at once',
          formatBytes(failure.bytes),
        ),
        advice: trans.__(
          'At most %1 are read into the page. Read a part of it in a notebook with h5py.',
          formatBytes(failure.limit),
        ),
      };
    case 'cancelled':
      return { title: trans.__('Cancelled'), advice: '' };
    case 'crashed':
      return {
        title: trans.__('The reader of %1 has stopped', name),
        advice: trans.__(
          'Try again starts a new one. If it stops at the same place, the file may be damaged: h5debug or h5py can tell. (%1)',
          failure.detail,
        ),
      };
    case 'unreadable':
      return {
        title: trans.__('%1 cannot be read', name),
        advice: trans.__('HDF5 says: %1', failure.detail),
      };
  }
}

/** The same in one paragraph, where there is room for no more. */
export function sentenceOf({ title, advice }: Message): string {
  return advice === '' ? `${title}.` : `${title}. ${advice}`;
}
