import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { SiteConfig } from '../config.js';
import { describeIssues, messageOf } from '../refusal.js';

const Settings = z.object({
  config: z.unknown(),
  hub: z.object({ jupyterhub: z.string(), subdomainHost: z.string() }),
});

/** What the hub was configured with at its last start. */
export interface SettingsRead {
  site: SiteConfig;
  host: string;
}

/**
 * Reads what `beamtime_hub.configure` has left in the service's folder.
 *
 * @throws {Error} in words, if it is not there, not ours to read, or wrong.
 */
export function readSettings(stateDir: string): SettingsRead {
  const file = path.join(stateDir, 'settings.json');
  let settings: z.infer<typeof Settings>;
  try {
    settings = Settings.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `The hub’s configuration cannot be read: ${messageOf(error)}. Name the hub’s state_dir with --state-dir, run this as root or as the service’s account, and start the hub once if it has not run with this version yet.`,
      { cause: error },
    );
  }
  const site = SiteConfig.safeParse(settings.config);
  if (!site.success) {
    throw new Error(
      `The configuration is wrong at ${describeIssues(site.error)} Mend it in jupyterhub_config.py and restart the hub.`,
    );
  }
  return { site: site.data, host: settings.hub.subdomainHost };
}

/** As root: becomes the account that the folder belongs to, and so sees what the service sees. */
export function becomeOwner(stateDir: string): void {
  if (process.getuid?.() !== 0) {
    return;
  }
  const owner = statSync(stateDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    const groups = execFileSync('id', ['-G', String(owner.uid)], {
      encoding: 'utf8',
    });
    process.setgroups?.(groups.trim().split(' ').map(Number));
    process.setgid?.(owner.gid);
    process.setuid?.(owner.uid);
    process.chdir('/');
    process.env['HOME'] = userInfo().homedir;
  }
}
