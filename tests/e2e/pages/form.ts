import type { Locator, Page } from '@playwright/test';

/** The form "Start a session". */
export class SessionForm {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get experiment(): Locator {
    return this.page.getByRole('combobox', { name: 'Experiment' });
  }

  get start(): Locator {
    // Ours, not the hub's own, which is there until the form has come.
    return this.summary.getByRole('button', { name: 'Start', exact: true });
  }

  /** What will be asked, in one sentence. */
  get summary(): Locator {
    return this.page.getByRole('region', { name: 'Your session' });
  }

  /** The experiments on offer, as they are read out. */
  async offered(): Promise<string[]> {
    await this.experiment.click();
    const options = this.page
      .getByRole('listbox', { name: 'Experiments' })
      .getByRole('option');
    await options.first().waitFor();
    return options.allTextContents();
  }

  async chooseExperiment(proposal: string): Promise<void> {
    await this.experiment.fill(proposal);
    await this.page.getByRole('option', { name: new RegExp(proposal) }).click();
  }

  async choose(group: string, choice: string): Promise<void> {
    const radio = this.page
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: choice, exact: true });
    // The radio itself is covered by its card, which is its label.
    await radio.check({ force: true });
  }
}
