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

  /** The batch script, in Advanced. */
  get script(): Locator {
    return this.page.getByRole('group', { name: 'Batch script' });
  }

  tab(name: 'Simple' | 'Advanced'): Locator {
    return this.page.getByRole('tab', { name });
  }

  /** A field of Advanced for text, by the beginning of its name. */
  text(name: string): Locator {
    return this.page.getByRole('textbox', { name: new RegExp(`^${name}`) });
  }

  /** A field of Advanced with a list, by the beginning of its name. */
  list(name: string): Locator {
    return this.page.getByRole('combobox', { name: new RegExp(`^${name}`) });
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

  /** Keeps what is chosen under a name. */
  async savePreset(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Save as preset…' }).click();
    await this.page
      .getByRole('textbox', { name: 'Name of the preset' })
      .fill(name);
    await this.page.keyboard.press('Enter');
    await this.page.getByText(`Saved as “${name}”.`).waitFor();
  }

  /** Opens the list of what the form can be filled from. */
  async openFill(): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Fill from/ }).click();
    return this.page.getByRole('list', { name: 'Fill the form from' });
  }
}
