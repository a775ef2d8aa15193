import type { TranslationBundle } from '@jupyterlab/translation';

import type { DesktopState } from './model.js';
import type { Ended } from './wire.js';

/** The programs that have a card, with their names. */
export function programTitles(
  trans: TranslationBundle,
): Readonly<Record<string, string>> {
  return {
    xterm: trans.__('Terminal window (xterm)'),
    desktop: trans.__('Desktop'),
  };
}

/** The state of the connection, in a word or two. */
export function stateWord(
  state: DesktopState,
  trans: TranslationBundle,
): string {
  switch (state.kind) {
    case 'checking':
    case 'connecting':
      return trans.__('Connecting…');
    case 'starting':
      return trans.__('Starting…');
    case 'connected':
      return trans.__('Connected');
    case 'lost':
      return trans.__('Connection lost');
    case 'ended':
      return trans.__('Ended');
    case 'missing':
    case 'failed':
      return trans.__('Not running');
  }
}

/** What happened to a desktop, and when: a heading. */
export function endedHeading(
  ended: Ended | null,
  title: string,
  trans: TranslationBundle,
): string {
  if (!ended) {
    return trans.__('%1 is not running', title);
  }
  const at = new Date(ended.at).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
  });
  switch (ended.cause) {
    case 'closed':
      return trans.__('%1 was closed at %2', title, at);
    case 'told':
      return trans.__('%1 was shut down at %2', title, at);
    case 'failed':
      return trans.__('%1 ended with an error at %2', title, at);
    case 'start':
      return trans.__('The display for %1 did not start', title);
    case 'display':
    case 'keeper':
      return trans.__('The display of %1 ended at %2', title, at);
  }
}

/** What that means for the user: a sentence or two. */
export function endedMeaning(
  ended: Ended | null,
  trans: TranslationBundle,
): string {
  if (!ended) {
    return trans.__(
      'No desktop of this name runs in this session. Files that you saved are where you left them.',
    );
  }
  return trans.__(
    'Programs on it are closed. Files that you saved are where you left them.',
  );
}
