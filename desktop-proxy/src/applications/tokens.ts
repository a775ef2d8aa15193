import { Token } from '@lumino/coreutils';

import type { Directory } from '../directory.js';
import type { ProgramCatalogue } from './catalogue.js';
import type { ProgramIcons } from './icons.js';

/** What is known of programs and desktops in this page. */
export interface IPrograms {
  catalogue: ProgramCatalogue;
  icons: ProgramIcons;
  directory: Directory;
}

export const IPrograms = new Token<IPrograms>(
  '@beamtime/desktop:IPrograms',
  'The programs with a window that this session has, and the desktops that run.',
);
