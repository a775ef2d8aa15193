// An animation on the desktop: how many pictures a second arrive, and how much of the
// processor those who carry them take for each: Jupyter, our gateway, the peer's starter.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { binary, inCheckout } from '../../../scripts/shared/paths.mjs';
import { launchFlat } from '../browser.ts';
import type { Case, Contender } from '../case.ts';
import { READY } from '../../facility/home.ts';
import { preparePeer } from '../desktops/prepare.ts';
import {
  clickOn,
  lookAway,
  whenSeen,
  whenSettled,
} from '../desktops/screen.ts';
import { ours, peer, Seat, type Side } from '../desktops/side.ts';

const SECONDS = 10;
const PROGRAM = inCheckout('tests/bench/desktops/animation.py');

/** Ticks of the kernel's clock, 100 a second, that a process has computed for. */
async function ticks(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** Milliseconds of processor time that the carriers have taken so far. */
async function carriers(seat: Seat): Promise<number> {
  const launched = (await seat.jupyter.processes()).filter(({ command }) =>
    seat.side.carriers.test(command),
  );
  const all = [seat.jupyter.pid, ...launched.map(({ pid }) => pid)];
  const each = await Promise.all(all.map(ticks));
  return each.reduce((sum, value) => sum + value, 0) * 10;
}

const drawn = (page: Page): Promise<number> =>
  page.evaluate(() => window.beamtimeScreen?.drawn ?? 0);

async function measure(
  browser: Browser,
  side: Side,
): Promise<{ fps: number; cpu: number }> {
  const seat = await Seat.take(browser, side);
  try {
    const page = await side.open(seat.page, 'desktop');
    await whenSeen(page, READY);
    await whenSettled(page, 1500);
    await clickOn(page, READY);
    await page.keyboard.type(`${binary('lab', 'python')} ${PROGRAM}\n`);
    await lookAway(page);
    await page.waitForFunction(
      (from) => (window.beamtimeScreen?.drawn ?? 0) > from + 100,
      await drawn(page),
    );
    const [before, cpuBefore, since] = [
      await drawn(page),
      await carriers(seat),
      performance.now(),
    ];
    await sleep(SECONDS * 1000);
    const frames = (await drawn(page)) - before;
    const seconds = (performance.now() - since) / 1000;
    return {
      fps: frames / seconds,
      cpu: ((await carriers(seat)) - cpuBefore) / frames,
    };
  } finally {
    await seat.leave();
  }
}

const fps: Case = {
  async open() {
    await preparePeer();
    const browser = await launchFlat();
    const contender = (side: Side, what: 'fps' | 'cpu'): Contender => ({
      measure: async () => (await measure(browser, side))[what],
    });
    return {
      variants: [
        {
          ...{ name: 'fps', unit: '1/s', better: 'more' },
          ours: contender(ours, 'fps'),
          peer: contender(peer, 'fps'),
        },
        {
          ...{ name: 'cpu', unit: 'ms per picture', better: 'less' },
          ours: contender(ours, 'cpu'),
          peer: contender(peer, 'cpu'),
        },
      ],
      close: () => browser.close(),
    };
  },
};

export default fps;
