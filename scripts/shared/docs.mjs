import { binary, inCheckout } from './paths.mjs';
import { tryRun } from './run.mjs';

export function buildDocs() {
  return tryRun(binary('tools', 'python'), [
    '-m',
    'sphinx',
    '-W',
    '--keep-going',
    '-q',
    '-b',
    'html',
    inCheckout('docs'),
    inCheckout('docs/_build/html'),
  ]);
}
