// Cold starts: each measurement has a new Jupyter in a new home.
import type { Browser, Page } from '@playwright/test';
import { launchFlat } from '../browser.ts';
import type { Contender, Variant } from '../case.ts';
import { preparePeer } from './prepare.ts';
import { ours, peer, Seat, type Side, type What } from './side.ts';

export interface Cold {
  name: string;
  /** What ours opens; the peer opens what it has. */
  what: What;
  /** Whether the full desktop opens a terminal window by itself. */
  terminal: boolean;
  /** Gives when it was reached, `Date.now()`. */
  until(page: Page, seat: Seat): Promise<number>;
}

function contender(browser: Browser, side: Side, cold: Cold): Contender {
  return {
    async measure() {
      const { terminal } = cold;
      const seat = await Seat.take(browser, side, { terminal });
      try {
        const since = Date.now();
        const page = await side.open(seat.page, cold.what);
        return ((await cold.until(page, seat)) - since) / 1000;
      } finally {
        await seat.leave();
      }
    },
  };
}

/** A case of one variant: seconds from the click. */
export async function openPrograms(
  cold: Cold,
): Promise<{ variants: Variant[]; close(): Promise<void> }> {
  await preparePeer();
  const browser = await launchFlat();
  return {
    variants: [
      {
        name: cold.name,
        unit: 's',
        better: 'less',
        ours: contender(browser, ours, cold),
        peer: contender(browser, peer, cold),
      },
    ],
    close: () => browser.close(),
  };
}
