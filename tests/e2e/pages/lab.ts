import { expect, type Locator, type Page } from '@playwright/test';

/** JupyterLab with Beamtime's extensions. */
export class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until JupyterLab stands, after a start that may have to wait in the queue. */
  async ready(): Promise<void> {
    await expect(this.page).toHaveURL(/\/lab/, { timeout: 120_000 });
    await expect(this.page.locator('#jupyterlab-splash')).toHaveCount(0, {
      timeout: 60_000,
    });
    await expect(this.tab('Launcher')).toBeVisible();
  }

  get experiments(): Locator {
    return this.page.getByRole('region', { name: 'Experiments' });
  }

  async showExperiments(): Promise<void> {
    if (!(await this.experiments.isVisible())) {
      await this.page.getByRole('tab', { name: 'Experiments' }).click();
    }
    await expect(
      this.experiments.getByRole('listbox').getByRole('option').first(),
    ).toBeVisible();
  }

  /** Opens an experiment in a tab of its own and gives what is in it. */
  async openExperiment(proposal: string): Promise<Locator> {
    await this.experiments
      .getByRole('option', { name: new RegExp(proposal) })
      .click();
    const panel = this.panel(new RegExp(`^${proposal}`));
    await expect(panel.getByRole('heading', { level: 1 })).toBeVisible();
    return panel;
  }

  /** Opens a program's tile of the launcher that is shown. */
  async openProgram(name: string): Promise<void> {
    await this.page
      .locator('.jp-Launcher:visible')
      .getByRole('button', { name })
      .first()
      .click();
  }

  /** The picture of the desktop that is shown. */
  get desktop(): Locator {
    return this.page.locator('.bt-Desktop-screen canvas:visible');
  }

  tab(name: string | RegExp): Locator {
    return this.page.locator('#jp-main-dock-panel').getByRole('tab', { name });
  }

  panel(name: string | RegExp): Locator {
    return this.page
      .locator('#jp-main-dock-panel')
      .getByRole('tabpanel', { name });
  }

  private get cell(): Locator {
    return this.page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell')
      .last();
  }

  /** Starts code in the last cell of the notebook that is shown, once its kernel is there. */
  async typeInNotebook(code: string): Promise<void> {
    await expect(this.page.getByText(/\(ipykernel\) \| Idle/)).toBeVisible({
      timeout: 60_000,
    });
    await this.cell.locator('.cm-content').click();
    await this.page.keyboard.insertText(code);
    await this.page.keyboard.press('Control+Enter');
  }

  /** Runs code in the last cell of the notebook that is shown; gives its output. */
  async runInNotebook(code: string): Promise<string> {
    await this.typeInNotebook(code);
    const { cell } = this;
    const output = cell.locator('.jp-OutputArea-output');
    await expect(output).toBeVisible({ timeout: 60_000 });
    return (await output.textContent()) ?? '';
  }
}
