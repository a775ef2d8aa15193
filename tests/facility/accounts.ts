import { isRoot } from '../../scripts/shared/paths.mjs';
import { run, tryRun } from '../../scripts/shared/run.mjs';

/**
 * Makes sure of a Unix account without a login, as root; without root the caller's
 * own account has to do.
 *
 * @returns the account, or `null` where there is none to switch to.
 */
export async function systemAccount(name: string): Promise<string | null> {
  if (!isRoot) {
    return null;
  }
  const { code } = await tryRun('id', [name]);
  if (code !== 0) {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ]);
  }
  return name;
}
