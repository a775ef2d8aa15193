import { rm } from 'node:fs/promises';
import {
  binary,
  environment,
  inCheckout,
} from '../../../scripts/shared/paths.mjs';
import { run } from '../../../scripts/shared/run.mjs';
import { step } from '../../../scripts/shared/say.mjs';
import { hashOf, once } from '../../../scripts/shared/stamp.mjs';
import { findPython } from '../../../scripts/shared/system.mjs';

/** Installs the peers into environments of their own, pinned; once. */
export async function installPeers(): Promise<void> {
  const python = await findPython();
  for (const part of ['hub', 'lab'] as const) {
    const name = `peer-${part}` as const;
    const requirements = inCheckout(
      'tests/bench/peers',
      `requirements-${part}.txt`,
    );
    const hash = await hashOf([requirements], python);
    await once(`env-${name}`, hash, [binary(name, 'python')], () =>
      step(`the peers: ${part}`, async () => {
        await rm(environment(name), { recursive: true, force: true });
        await run(python, ['-m', 'venv', environment(name)]);
        await run(binary(name, 'python'), [
          ...['-m', 'pip', 'install', '-q', '--disable-pip-version-check'],
          ...['-r', requirements],
        ]);
      }),
    );
  }
}
