import { doctor } from '../doctor/command.js';
import { catalogueCheck } from './catalogue/check.js';
import { catalogueImport } from './catalogue/import.js';
import { catalogueSearch } from './catalogue/search.js';
import { catalogueShow } from './catalogue/show.js';
import type { Command } from './command.js';

/** What `beamtime` can do, in the order of its help. */
export const commands: readonly Command[] = [
  doctor,
  catalogueSearch,
  catalogueShow,
  catalogueImport,
  catalogueCheck,
];
