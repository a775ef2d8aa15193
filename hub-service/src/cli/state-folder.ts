import { statSync } from 'node:fs';
import path from 'node:path';
import { messageOf } from '../refusal.js';

/** Where `beamtime_hub.configure` puts it by default. */
export const STATE_DIR = '/var/lib/beamtime';

/**
 * The service's folder. Root becomes its owner from here on: what it wrote there as root, the
 * service could not.
 *
 * @throws {Error} with a sentence if it cannot be used.
 */
export function enterStateFolder(given: string | undefined): string {
  const folder = path.resolve(given ?? STATE_DIR);
  let owner;
  try {
    owner = statSync(folder);
  } catch (error) {
    throw new Error(
      `the service’s folder ${folder} cannot be found (${messageOf(error)}). Name state_dir of jupyterhub_config.py by --state-dir.`,
      { cause: error },
    );
  }
  const me = process.getuid?.() ?? owner.uid;
  if (me === 0 && owner.uid !== 0) {
    process.setgroups?.([]);
    process.setgid?.(owner.gid);
    process.setuid?.(owner.uid);
  } else if (me !== owner.uid) {
    throw new Error(
      `the service’s folder ${folder} belongs to another account. Run this as that account or as root.`,
    );
  }
  return folder;
}
