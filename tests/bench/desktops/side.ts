// The two sides of the desktop benchmarks: ours, and jupyter-remote-desktop-proxy. Each has a
// Jupyter server of its own, the same versions, the same home, the same Xvnc.
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { stateDir } from '../../../scripts/shared/paths.mjs';
import { Jupyter, type JupyterOptions } from '../../facility/jupyter.ts';
import { freePorts } from '../../facility/ports.ts';
import { Wire } from '../../facility/wire.ts';
import { dismissLabsComplaint } from '../../e2e/pages/desktop.ts';
import { makeHome, READY, TYPED } from '../../facility/home.ts';
import { watchScreen } from './screen.ts';

/** What is opened: a program that fills the tab, or all of a desktop. The peer has only that. */
export type What = 'program' | 'desktop';

export interface Side {
  readonly name: 'ours' | 'peer';
  readonly lab: JupyterOptions['lab'];
  /** Clicks in JupyterLab's launcher; gives the page that will show the picture. */
  open(page: Page, what: What): Promise<Page>;
  /** What the page offers now to get a desktop again: to be clicked, the first that is seen. */
  offers(page: Page): Locator;
  /** Leaves the desktop, which runs on, and comes back to it as its users do. */
  comeBack(page: Page): Promise<void>;
  /** Opens the same desktop in a second, smaller window, while `page` shows it. */
  openAgain(seat: Seat, page: Page): Promise<Page>;
  /** Commands of the programs between Jupyter and the display. */
  readonly carriers: RegExp;
}

const SMALL = { width: 800, height: 600 };

const card = (page: Page, name: string): Locator =>
  page
    .locator('.jp-Launcher:visible .jp-LauncherCard')
    .filter({ hasText: name })
    .first();

export const ours: Side = {
  name: 'ours',
  lab: 'lab',
  carriers: /-m beamtime_desktop /,
  async open(page, what) {
    const name = what === 'program' ? 'Terminal window (xterm)' : 'Desktop';
    await card(page, name).click();
    return page;
  },
  async openAgain(seat) {
    const second = await seat.openLab(SMALL);
    return ours.open(second, 'desktop');
  },
  async comeBack(page) {
    // The layout is kept: JupyterLab writes it a second after it has changed.
    await page.goto(page.url().replace(/\?.*/, ''));
  },
  offers: (page) =>
    page.locator('.bt-Desktop-notice:visible').getByRole('button', {
      name: /^(Start again|Start|Try again|Try again now|Check again)$/,
    }),
};

export const peer: Side = {
  name: 'peer',
  lab: 'peer-lab',
  carriers: /vncserver|websockify/,
  async open(page) {
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      card(page, 'Desktop').click({ timeout: 10_000 }),
    ]);
    return opened;
  },
  async openAgain({ context }, page) {
    const second = await context.newPage();
    await second.setViewportSize(SMALL);
    await second.goto(page.url());
    return second;
  },
  async comeBack(page) {
    await page.reload();
  },
  // It has no control but a text box for the clipboard.
  offers: (page) => page.locator('#screen').getByRole('button'),
};

export interface SeatOptions {
  /** Whether a terminal window opens with the full desktop; it does if absent. */
  terminal?: boolean;
  /** Whether the page's clock can be put forward. */
  clock?: boolean;
  env?: Record<string, string>;
  within?: readonly string[];
}

async function openLab(
  context: BrowserContext,
  wire: Wire,
  size?: { width: number; height: number },
): Promise<Page> {
  const page = await context.newPage();
  if (size) {
    await page.setViewportSize(size);
  }
  await dismissLabsComplaint(page);
  await page.goto(Jupyter.address(wire.port));
  await page
    .locator('.jp-Launcher:visible .jp-LauncherCard')
    .first()
    .waitFor({ timeout: 60_000 });
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  return page;
}

/** A Jupyter server of one side with a browser window on it. */
export class Seat {
  readonly side: Side;
  readonly jupyter: Jupyter;
  readonly wire: Wire;
  readonly context: BrowserContext;
  /** JupyterLab, with the launcher. */
  readonly page: Page;

  private constructor(
    side: Side,
    jupyter: Jupyter,
    wire: Wire,
    context: BrowserContext,
    page: Page,
  ) {
    this.side = side;
    this.jupyter = jupyter;
    this.wire = wire;
    this.context = context;
    this.page = page;
  }

  /** A new Jupyter in a new home, and JupyterLab open in a new browser window. */
  static async take(
    browser: Browser,
    side: Side,
    options: SeatOptions = {},
  ): Promise<Seat> {
    const [port = 0] = await freePorts(1);
    const { terminal = true, clock = false, ...where } = options;
    const home = Seat.home(side);
    await makeHome(home, terminal);
    const jupyter = await Jupyter.start({
      lab: side.lab,
      home,
      port,
      ...where,
    });
    const wire = await Wire.to(port);
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
    });
    if (clock) {
      await context.clock.install();
    }
    await watchScreen(context, [READY, ...TYPED]);
    const page = await openLab(context, wire);
    return new Seat(side, jupyter, wire, context, page);
  }

  static home(side: Side): string {
    return path.join(stateDir, 'bench-desktop', side.name);
  }

  /** JupyterLab in a second window. */
  openLab(size: { width: number; height: number }): Promise<Page> {
    return openLab(this.context, this.wire, size);
  }

  /** Ends Jupyter and all that came from it. */
  async leave(): Promise<void> {
    await this.context.close();
    await this.wire.close();
    await this.jupyter.stop();
  }
}
