import type { Locator, Page } from '@playwright/test';
import type { Lab } from './lab.ts';

/** The panel of experiments in JupyterLab. */
export class Picker {
  readonly panel: Locator;
  readonly search: Locator;
  readonly list: Locator;

  constructor(lab: Lab) {
    this.panel = lab.experiments;
    this.search = this.panel.getByRole('searchbox', {
      name: 'Search experiments',
    });
    this.list = this.panel.getByRole('listbox', { name: 'Experiments' });
  }

  /** The line of a proposal. */
  row(proposal: string): Locator {
    return this.list.getByRole('option', { name: new RegExp(proposal) });
  }

  button(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name });
  }

  group(name: string): Locator {
    return this.list.getByRole('group', { name });
  }
}

/** Runs a command of JupyterLab's palette. */
export async function fromPalette(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Control+Shift+C');
  await page.locator('.lm-CommandPalette-input').fill(label);
  await page
    .locator('.lm-CommandPalette-item')
    .filter({ hasText: label })
    .first()
    .click();
}
