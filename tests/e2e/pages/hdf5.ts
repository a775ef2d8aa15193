import { expect, type Locator, type Page } from '@playwright/test';

/** The viewer that is shown in JupyterLab, and the file browser beside it. */
export class Hdf5Tab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get view(): Locator {
    return this.page.locator('.bt-Hdf5Viewer:visible');
  }

  /** Chooses the frame of a stack. */
  get frame(): Locator {
    return this.view.getByRole('slider').last();
  }

  /** Follows the file while it is written. */
  get live(): Locator {
    return this.page
      .locator('.bt-Hdf5Document:visible')
      .getByRole('button', { name: 'Live', exact: true });
  }

  /** Number of the last frame. */
  async frames(): Promise<number> {
    return Number(await this.frame.getAttribute('aria-valuemax'));
  }

  private get items(): Locator {
    return this.page.locator('.jp-DirListing-content .jp-DirListing-item');
  }

  private item(name: string): Locator {
    const label = this.page.locator('.jp-DirListing-itemText', {
      hasText: new RegExp(`^${name.replaceAll('.', String.raw`\.`)}$`),
    });
    return this.items.filter({ has: label });
  }

  async openFolder(name: string): Promise<void> {
    await this.item(name).dblclick();
    await expect(this.item(name)).toHaveCount(0);
    await expect(this.items.first()).toBeVisible();
  }

  /** Names of the files in the folder that is shown. */
  async listed(): Promise<string[]> {
    return this.items.locator('.jp-DirListing-itemText').allInnerTexts();
  }

  async open(file: string): Promise<void> {
    await this.item(file).dblclick();
    await expect(
      this.page.getByRole('tab', { name: file, selected: true }),
    ).toBeVisible();
  }

  /** `tree`, or what the person is told instead. */
  async outcome(): Promise<string> {
    const tree = this.view.getByRole('treeitem').first();
    const message = this.view.getByRole('alert').getByRole('heading');
    const words = this.view.getByText(/ cannot be read\. /);
    const any = tree.or(message).or(words).first();
    await expect(any).toBeVisible({ timeout: 60_000 });
    // The tree may come from beside the data before the worker has opened the file.
    const told = message.or(words).first();
    return (await told.isVisible()) ? told.innerText() : 'tree';
  }

  async select(path: string): Promise<void> {
    await this.view.getByRole('treeitem', { name: path, exact: true }).click();
  }

  /** Selects what is in the tree, and waits each time until H5Web has something to say. */
  async lookAround(most: number): Promise<void> {
    const items = this.view.getByRole('treeitem');
    const count = Math.min(most + 1, await items.count());
    for (let index = 1; index < count; index += 1) {
      // A message that comes meanwhile takes the tree's place.
      await items
        .nth(index)
        .click({ timeout: 5_000 })
        .catch(() => undefined);
      await expect(
        this.view.getByTestId('LoadingDatasetValue').filter({
          hasNot: this.page.getByRole('form'),
        }),
      ).toHaveCount(0, { timeout: 60_000 });
    }
  }

  async close(): Promise<void> {
    await this.page
      .locator('.lm-DockPanel-tabBar .lm-mod-current .lm-TabBar-tabCloseIcon')
      .first()
      .click();
    await expect(this.view).toHaveCount(0);
  }
}
