import type { TranslationBundle } from '@jupyterlab/translation';

import type { DesktopState } from './state.js';

/** Round trips up to these, ms, are good, and fair. */
const GOOD_MS = 80;
const FAIR_MS = 200;

/** The state of the connection, in a word or two. */
export function stateWord(
  state: DesktopState,
  roundTrip: number | null,
  trans: TranslationBundle,
): string {
  switch (state.kind) {
    case 'checking':
    case 'connecting':
      return trans.__('Connecting…');
    case 'starting':
    case 'restarting':
      return trans.__('Starting…');
    case 'connected':
      if (roundTrip === null) {
        return trans.__('Connected');
      }
      if (roundTrip <= GOOD_MS) {
        return trans.__('Good');
      }
      return roundTrip <= FAIR_MS ? trans.__('Fair') : trans.__('Slow');
    case 'lost':
      return trans.__('Connection lost');
    case 'ended':
      return trans.__('Ended');
    case 'missing':
    case 'failed':
      return trans.__('Not running');
  }
}

/** A clock time, without seconds. */
export function clockTime(instant: string | number): string {
  return new Date(instant).toLocaleTimeString(undefined, {
    hour: 'numeric',
    minute: '2-digit',
  });
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/**
 * A size with its unit.
 *
 * @param least - The smallest unit: 0 is bytes, 1 is kilobytes.
 */
export function sizeText(bytes: number, least = 0): string {
  const fitting = Math.floor(Math.log10(Math.max(bytes, 1)) / 3);
  const power = Math.min(UNITS.length - 1, Math.max(least, fitting));
  return new Intl.NumberFormat(undefined, {
    ...{ style: 'unit', unit: UNITS[power], unitDisplay: 'short' },
    maximumFractionDigits: power > 1 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}

/** Bytes a second, with their unit. */
export function rateText(rate: number, trans: TranslationBundle): string {
  return trans.__('%1/s', sizeText(rate, 1));
}
