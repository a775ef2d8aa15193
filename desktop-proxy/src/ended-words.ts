import type { TranslationBundle } from '@jupyterlab/translation';

import type { Ended } from './wire.js';
import { clockTime } from './words.js';

/** What is told of a desktop that does not run. */
export interface EndedFacts {
  /** Null if nothing is known. */
  ended: Ended | null;
  /** Whether it once ran, as far as this tab knows. */
  wasThere: boolean;
  /** The name of its program for a person. */
  title: string;
  /** Whether it is a full desktop, in which one logs out. */
  isFull: boolean;
}

/** What happened to a desktop, and when: a heading. */
export function endedHeading(
  { ended, wasThere, title, isFull }: EndedFacts,
  trans: TranslationBundle,
): string {
  if (!ended) {
    return wasThere
      ? trans.__('%1 ended with your session', title)
      : trans.__('%1 is not running', title);
  }
  const at = clockTime(ended.at);
  switch (ended.cause) {
    case 'closed':
      return isFull
        ? trans.__('The desktop was logged out at %1', at)
        : trans.__('%1 was closed at %2', title, at);
    case 'told':
      return trans.__('%1 was shut down at %2', title, at);
    case 'failed':
      return trans.__('%1 ended with an error at %2', title, at);
    case 'start':
      return trans.__('The display for %1 did not start', title);
    case 'display':
    case 'keeper':
      return trans.__('The display of %1 ended at %2', title, at);
    case 'crash-loop':
      return trans.__('The display of %1 crashed again and again', title);
  }
}

/** What that means for the user: a sentence or two. */
export function endedMeaning(
  { ended, wasThere }: EndedFacts,
  trans: TranslationBundle,
): string {
  if (ended?.cause === 'crash-loop') {
    return trans.__(
      'It was started again three times and is not tried a fourth time by itself. Programs on it are closed. Files that you saved are where you left them.',
    );
  }
  if (ended) {
    return trans.__(
      'Programs on it are closed. Files that you saved are where you left them.',
    );
  }
  return wasThere
    ? trans.__(
        'Your session was started anew since then, and programs on desktops do not survive that. What they had not saved is lost; files that you saved are where you left them. You can start the same program again.',
      )
    : trans.__(
        'No desktop of this name runs in this session. Files that you saved are where you left them.',
      );
}
