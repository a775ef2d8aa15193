import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inCheckout, stateDir } from '../../../scripts/shared/paths.mjs';
import { findPython } from '../../../scripts/shared/system.mjs';

/**
 * Puts the stand-in where every account can run it.
 *
 * @returns the folder, to be given as that of `jupyterhub-singleuser`.
 */
export async function installStandIn(): Promise<string> {
  const bin = path.join(stateDir, 'bench-stand-in');
  const source = await readFile(
    inCheckout('tests/bench/stand-in/batchspawner-singleuser.py'),
    'utf8',
  );
  await mkdir(bin, { recursive: true });
  const script = `#!${await findPython()} -IS\n${source}`;
  for (const program of ['batchspawner-singleuser', 'jupyterhub-singleuser']) {
    await writeFile(path.join(bin, program), script);
    await chmod(path.join(bin, program), 0o755);
  }
  return bin;
}
