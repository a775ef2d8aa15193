import { expect, type Locator, type Page } from '@playwright/test';
import { colouring, READY, type Colour } from '../../facility/home.ts';
import { shareOfColour } from './pixels.ts';

/** The program that most tests open. */
export const TERMINAL = 'Terminal window (xterm)';

/** Shuts JupyterLab's own dialog, which lies over all when its server is away. */
export async function dismissLabsComplaint(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: /^Server Connection Error/ });
  await page.addLocatorHandler(dialog, () =>
    dialog.getByRole('button').last().click(),
  );
}

/** JupyterLab with the tab of a desktop. */
export class DesktopTab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens JupyterLab and waits for its launcher. */
  async goTo(address: string): Promise<void> {
    await dismissLabsComplaint(this.page);
    await this.page.goto(address);
    await this.launcher.waitFor({ timeout: 60_000 });
    await expect(this.page.locator('#jupyterlab-splash')).toHaveCount(0);
  }

  private get launcher(): Locator {
    return this.page.locator('.jp-Launcher:visible');
  }

  tile(title: string): Locator {
    return this.launcher.getByRole('button', { name: title, exact: true });
  }

  /** Opens a program by its tile; waits until its terminal window can be used. */
  async open(title = TERMINAL, colour = READY): Promise<void> {
    await this.tile(title).click();
    await this.shows(colour);
  }

  /** The tab that is shown. */
  get panel(): Locator {
    return this.page.locator('.bt-Desktop:visible');
  }

  get picture(): Locator {
    // The last picture stays until a new one has come: then there are two for a moment.
    return this.panel.locator('.bt-Desktop-screen canvas').last();
  }

  /** What stands in place of the picture. */
  get notice(): Locator {
    return this.panel.locator('.bt-Desktop-notice:visible');
  }

  button(name: string): Locator {
    return this.notice.getByRole('button', { name, exact: true });
  }

  /** Presses what the notice offers; waits until the new terminal window can be used. */
  async startBy(name: string): Promise<void> {
    await this.button(name).click();
    await expect(this.notice).toHaveCount(0, { timeout: 60_000 });
    await this.shows(READY);
  }

  get toolbar(): Locator {
    return this.page.locator('.bt-Desktop-toolbar:visible');
  }

  /** Opens a panel of the toolbar. */
  async popover(button: string | RegExp, label: string): Promise<Locator> {
    await this.toolbar.getByRole('button', { name: button }).click();
    const dialog = this.page.getByRole('dialog', { name: label });
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** Waits until much of the picture has the colour. */
  async shows(colour: Colour, timeout = 60_000): Promise<void> {
    await expect
      .poll(() => this.share(colour), { timeout })
      .toBeGreaterThan(0.1);
  }

  private async share(colour: Colour): Promise<number> {
    // There is no picture, or another one, while it connects.
    return (await this.picture.isVisible())
      ? shareOfColour(this.picture, colour).catch(() => 0)
      : 0;
  }

  /** Types into the terminal window what gives it a colour. */
  async typeColour(colour: Colour): Promise<void> {
    await this.picture.click({ position: { x: 60, y: 160 } });
    await this.page.keyboard.type(`printf '${colouring(colour)}'\n`);
  }

  /** Size of the remote picture, its own pixels. */
  size(): Promise<{ width: number; height: number }> {
    return this.picture.evaluate((canvas: HTMLCanvasElement) => ({
      width: canvas.width,
      height: canvas.height,
    }));
  }
}
