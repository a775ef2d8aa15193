// One fault, one side: what a person has left of the desktop afterwards.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { say } from '../../../scripts/shared/say.mjs';
import { signal, type Process } from '../../facility/marked.ts';
import { colouring, READY, TYPED } from '../../facility/home.ts';
import { clickOn, whenSeen } from './screen.ts';
import { Seat, type SeatOptions, type Side, type What } from './side.ts';

/** How long a person waits and tries what the tab offers, ms. */
const PATIENCE = 45_000;
/** How long processes may take to go, ms. */
const GRACE = 10_000;

export const DISPLAY = /^\S*X(tiger|turbo)?vnc /;

/** Something that goes wrong. */
export interface Fault {
  name: string;
  /** What ours opens; the full desktop if absent. */
  what?: What;
  /** How Jupyter is set up for it. */
  seat?(side: Side): Promise<SeatOptions>;
  /** Goes wrong before the desktop is opened: none need come up then. */
  before?(trial: Trial): Promise<void>;
  /** Goes wrong while somebody works. */
  strike?(trial: Trial): Promise<void>;
  /** The cause is put right; the person is still in the tab. */
  repair?(trial: Trial): Promise<void>;
  /** Whether it takes away what the desktop hangs on: what is left of it is an orphan. */
  bereaves?: boolean;
}

/** Ends processes without asking. */
export function kill(processes: readonly Process[]): void {
  for (const { pid } of processes) {
    signal(pid, 'SIGKILL');
  }
}

/** A desktop that is open in a browser, and what is done to it. */
export class Trial {
  readonly seat: Seat;
  /** The page with the picture; JupyterLab while there is none. */
  page: Page;
  /** Set by a fault that leaves a desktop which works, but not as it was. */
  spoilt = false;
  private turn = 0;

  constructor(seat: Seat) {
    this.seat = seat;
    this.page = seat.page;
  }

  /** The processes whose command looks so. */
  async processes(command: RegExp): Promise<Process[]> {
    const all = await this.seat.jupyter.processes();
    return all.filter((process) => command.test(process.command));
  }

  /** Whether the terminal window is there and does what is typed. */
  async works(page = this.page): Promise<boolean> {
    const next = TYPED[this.turn++ % TYPED.length] ?? READY;
    try {
      if (!(await this.reachTerminal(page))) {
        return false;
      }
      await page.keyboard.type(`printf '${colouring(next)}'\n`);
      await page.waitForFunction(
        (colour) => (window.beamtimeScreen?.share(colour) ?? 0) > 0.03,
        next,
        { polling: 100, timeout: 4000 },
      );
      return true;
    } catch {
      // Not painted in time, or the page was changing.
      return false;
    }
  }

  private async reachTerminal(page: Page): Promise<boolean> {
    for (const colour of [READY, ...TYPED]) {
      if (
        await clickOn(page, colour).then(
          () => true,
          () => false,
        )
      ) {
        return true;
      }
    }
    return false;
  }

  /** Does what the tab offers until the desktop works; false if it never does. */
  async regain(): Promise<boolean> {
    const deadline = Date.now() + PATIENCE;
    while (Date.now() < deadline) {
      if (await this.works()) {
        return true;
      }
      const offer = this.seat.side.offers(this.page).first();
      if (await offer.isVisible()) {
        await offer.click({ timeout: 2000 }).catch(() => undefined);
      }
      await sleep(1000);
    }
    return false;
  }
}

/** What `before` there was and should not be there any more. */
async function orphans(
  trial: Trial,
  fault: Fault,
  before: readonly Process[],
  regained: boolean,
): Promise<Process[]> {
  const deadline = Date.now() + GRACE;
  const old = new Set(before.map(({ pid }) => pid));
  for (;;) {
    const now = await trial.seat.jupyter.processes();
    const displays = now.filter(({ command }) => DISPLAY.test(command));
    const isTheSame =
      displays.length > 0 && displays.every(({ pid }) => old.has(pid));
    const left =
      isTheSame && (regained || fault.bereaves !== true)
        ? []
        : now.filter(({ pid }) => old.has(pid));
    if (left.length === 0 || Date.now() > deadline) {
      return left;
    }
    await sleep(500);
  }
}

/** Dead ends and orphans of one fault. */
export async function endure(
  browser: Browser,
  side: Side,
  fault: Fault,
): Promise<number> {
  const seat = await Seat.take(browser, side, await fault.seat?.(side));
  const trial = new Trial(seat);
  try {
    const others = new Set(
      (await seat.jupyter.processes()).map(({ pid }) => pid),
    );
    await fault.before?.(trial);
    const opened = await side
      .open(seat.page, fault.what ?? 'desktop')
      .catch(() => null);
    trial.page = opened ?? seat.page;
    let before: Process[] = [];
    if (fault.strike) {
      await whenSeen(trial.page, READY);
      if (!(await trial.works())) {
        throw new Error(
          `${side.name}: the desktop did not work to begin with.`,
        );
      }
      // The gateway lives as long as Jupyter does, whether there are desktops or not.
      before = (await seat.jupyter.processes()).filter(({ pid, command }) =>
        side.carriers.test(command)
          ? fault.bereaves === true
          : !others.has(pid),
      );
      await fault.strike(trial);
    } else {
      // Long enough for whatever the tab does by itself.
      await sleep(15_000);
    }
    await fault.repair?.(trial);
    const regained = (await trial.regain()) && !trial.spoilt;
    const left = await orphans(trial, fault, before, regained);
    say(
      `      ${side.name}: ${regained ? 'the desktop is back' : 'dead end'}${left.map(({ command }) => `\n        left: ${command.slice(0, 60)}`).join('')}`,
    );
    return (regained ? 0 : 1) + left.length;
  } finally {
    await seat.leave();
  }
}
