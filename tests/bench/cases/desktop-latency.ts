// From a key to its picture, with the default settings of each: in a terminal window, whose
// program turns a few characters over with every key.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { launchFlat } from '../browser.ts';
import type { Case, Contender } from '../case.ts';
import { colouring, READY, TYPED } from '../../facility/home.ts';
import { setUpStopwatch, timeKey, whereItChanges } from '../desktops/keys.ts';
import { preparePeer } from '../desktops/prepare.ts';
import {
  clickOn,
  lookAway,
  whenSeen,
  whenSettled,
} from '../desktops/screen.ts';
import { ours, peer, Seat, type Side, type What } from '../desktops/side.ts';
import { inCheckout } from '../../../scripts/shared/paths.mjs';
import { median } from '../figures.ts';

const KEYS = 40;
/** Between two keys, as a person types, and never in step with a clock: 0.2 to 0.3 s. */
const pause = (): Promise<void> => sleep(200 + 100 * Math.random());
const PROGRAM = inCheckout('tests/bench/desktops/blink.sh');
const [BLINKS] = TYPED;

function contender(browser: Browser, side: Side, what: What): Contender {
  return {
    async measure() {
      const seat = await Seat.take(browser, side);
      try {
        const page = await side.open(seat.page, what);
        await whenSeen(page, READY);
        await whenSettled(page, 1500);
        await clickOn(page, READY);
        await page.keyboard.type(`. ${PROGRAM} '${colouring(BLINKS)}'\n`);
        await whenSeen(page, BLINKS);
        await whenSettled(page, 1500);
        await lookAway(page);
        const box = await whereItChanges(page, () => page.keyboard.press('a'));
        await setUpStopwatch(page, box);
        const times: number[] = [];
        for (let key = 0; key < KEYS; key += 1) {
          await pause();
          times.push(await timeKey(page, 'a'));
        }
        return median(times);
      } finally {
        await seat.leave();
      }
    },
  };
}

const latency: Case = {
  async open() {
    await preparePeer();
    const browser = await launchFlat();
    const beside = (name: string, what: What) => ({
      ...{ name, unit: 'ms', better: 'less' as const },
      ours: contender(browser, ours, what),
      peer: contender(browser, peer, what),
    });
    return {
      variants: [
        beside('key → paint, in XFCE', 'desktop'),
        beside('key → paint, our program in a tab of its own', 'program'),
      ],
      close: () => browser.close(),
    };
  },
};

export default latency;
