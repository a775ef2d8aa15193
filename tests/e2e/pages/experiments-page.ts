import { expect, type Locator, type Page } from '@playwright/test';
import type { Hub } from '../../facility/hub.ts';

/** The service's own pages: sessions, experiments, and where a link leads. */
export class ExperimentsPage {
  readonly page: Page;
  private readonly url: string;

  constructor(page: Page, hub: Hub) {
    this.page = page;
    this.url = `${hub.url}services/beamtime/`;
  }

  /** Goes to the list, which may be narrowed by its own query. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`${this.url}${query}`);
    await expect(
      this.page.getByRole('heading', { name: 'Your sessions' }),
    ).toBeVisible();
  }

  /** Follows a link of a catalogue. */
  async follow(query: Record<string, string>): Promise<void> {
    await this.page.goto(
      `${this.url}open?${new URLSearchParams(query).toString()}`,
    );
  }

  get content(): Locator {
    return this.page.getByRole('main');
  }

  row(proposal: string): Locator {
    return this.page
      .getByRole('region', { name: 'Experiments' })
      .getByRole('listitem')
      .filter({ hasText: proposal });
  }

  /** A part of the page that asks before something is opened. */
  async press(name: string): Promise<void> {
    await this.content.getByRole('button', { name, exact: true }).click();
  }
}
