import type { Viewer } from '../../catalogue/adapter.js';
import {
  catalogueFile,
  openCatalogue,
} from '../../catalogue/embedded/database.js';
import { CatalogueReader } from '../../catalogue/embedded/reader.js';
import { lookingAs } from '../../catalogue/embedded/visible.js';
import type { Arguments } from '../arguments.js';
import { enterStateFolder } from '../state-folder.js';

export const LOOKING = {
  as: 'text',
  group: 'list',
  staff: 'yes',
  'state-dir': 'text',
  source: 'text',
} as const;

export const LOOKING_USAGE = `
  --as NAME         whose eyes to look with, by the hub’s user name; without it: the public’s
  --group GROUP     a group of the hub that they are in; may be given again
  --staff           as somebody who sees everything, by staff_groups or as an admin of the hub
  --state-dir DIR   state_dir of jupyterhub_config.py (default /var/lib/beamtime)
  --source NAME     name of the catalogue in jupyterhub_config.py (default embedded)

The embedded catalogue is asked directly, by the same rules as in the service, which need not
run. Run it as the service’s account or as root.`;

/** The embedded catalogue, and the eyes to look at it with. */
export function look(given: Arguments) {
  const source = given.text('source') ?? 'embedded';
  const stateDir = enterStateFolder(given.text('state-dir'));
  const database = openCatalogue(catalogueFile(stateDir, source));
  const name = given.text('as');
  const viewer: Viewer =
    name === undefined
      ? null
      : { name, admin: false, groups: given.list('group') };
  const looking = lookingAs(
    { viewer, staffOf: given.has('staff') ? 'all' : [] },
    new Date(),
  );
  return {
    // Paths are shown as they are in the catalogue, whatever data_roots says.
    reader: new CatalogueReader(database, source, ['/']),
    looking,
    [Symbol.dispose]: () => database.close(),
  };
}
