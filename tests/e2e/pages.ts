/** The windows as a person meets them. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Onboarding {
  readonly #page: Page;
  readonly url: Locator;
  readonly key: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.#page = page;
    const form = page.getByRole('form', { name: 'Connect a panel' });
    this.url = form.getByLabel('Panel address');
    this.key = form.getByLabel('API key', { exact: true });
    this.problem = page.getByTestId('connect-problem');
  }

  async connect(url: string, key: string): Promise<void> {
    await this.url.fill(url);
    await this.key.fill(key);
    await this.#page.getByTestId('connect').click();
  }

  /** What was typed is still there, and the form takes another try. */
  async expectNothingLost(url: string, key: string): Promise<void> {
    await expect(this.url).toHaveValue(url);
    await expect(this.key).toHaveValue(key);
    await expect(this.#page.getByTestId('connect')).toBeEnabled();
  }
}

export class MainWindow {
  readonly page: Page;
  readonly state: Locator;

  constructor(page: Page) {
    this.page = page;
    this.state = page.getByTestId('server-state');
  }

  fleetRow(name: string): Locator {
    return this.page.getByTestId('fleet-row').filter({ hasText: name });
  }

  async openServer(name: string): Promise<void> {
    await this.page.getByTestId('sidebar-server').filter({ hasText: name }).click();
    await expect(this.page.getByRole('heading', { name })).toBeVisible();
  }

  /** The text that the terminal shows; xterm keeps what is drawn in its rows. */
  async consoleText(): Promise<string> {
    return this.page.getByTestId('console').locator('.xterm-rows').innerText();
  }

  async sendCommand(command: string): Promise<void> {
    const input = this.page.getByTestId('command-input');
    await input.fill(command);
    await input.press('Enter');
  }
}

export function popoverRow(popover: Page, name: string): Locator {
  return popover.getByTestId('server-row').filter({ hasText: name });
}
