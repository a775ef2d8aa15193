// Where things lie.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const checkout = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);
export const isRoot = process.getuid?.() === 0;

/**
 * Environments, data and state that `npm start` and `npm test` make. As root they lie
 * outside the checkout, since the accounts that run sessions must be able to read them.
 */
export const stateDir = isRoot
  ? path.join(
      '/var/lib/beamtime',
      createHash('sha256').update(checkout).digest('hex').slice(0, 8),
    )
  : path.join(checkout, '.beamtime');

/** @param {'tools' | 'hub' | 'lab' | 'peer-hub' | 'peer-lab'} name */
export const environment = (name) => path.join(stateDir, 'env', name);
/** @param {'tools' | 'hub' | 'lab' | 'peer-hub' | 'peer-lab'} name @param {string} program */
export const binary = (name, program) =>
  path.join(environment(name), 'bin', program);
/** @param {string[]} parts */
export const inCheckout = (...parts) => path.join(checkout, ...parts);
