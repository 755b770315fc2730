/** Page objects for the windows. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Chooses this value in a select box. */
export async function choose(box: Locator, value: string): Promise<void> {
  await box.click();
  await box.page().locator(`[role=option][data-value="${value}"]`).click();
  await expectChosen(box, value);
}

export async function expectChosen(box: Locator, value: string): Promise<void> {
  await expect(box).toHaveAttribute('data-value', value);
}

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

  /** The input is still there, and the form can be submitted again. */
  async expectNothingLost(url: string, key: string): Promise<void> {
    await expect(this.url).toHaveValue(url);
    await expect(this.key).toHaveValue(key);
    await expect(this.#page.getByTestId('connect')).toBeEnabled();
  }
}

export class MainWindow {
  readonly page: Page;
  readonly state: Locator;
  /**
   * Notice below a failing panel's name in the sidebar: the full problem, or a few words if the page shows the full
   * problem.
   */
  readonly accountNotice: Locator;
  /** Full problem of a panel, shown once: above servers, or in the sidebar beside other pages. */
  readonly accountProblem: Locator;
  readonly accountLoading: Locator;

  constructor(page: Page) {
    this.page = page;
    this.state = page.getByTestId('server-state');
    const sidebar = page.getByRole('navigation', { name: 'Servers' });
    const inSidebar = sidebar.getByTestId('panel-trouble');
    this.accountNotice = inSidebar.or(sidebar.getByTestId('panel-why'));
    this.accountProblem = page.getByTestId('panel-down').or(inSidebar);
    this.accountLoading = sidebar.getByText('Loading its servers…');
  }

  fleetRow(name: string): Locator {
    return this.page.getByTestId('fleet-row').filter({ hasText: name });
  }

  async openServer(name: string): Promise<void> {
    await this.page.getByTestId('sidebar-server').filter({ hasText: name }).click();
    await expect(this.page.getByRole('heading', { name })).toBeVisible();
  }

  /** Text of the terminal; xterm keeps the drawn text in its rows. */
  async consoleText(): Promise<string> {
    return this.page.getByTestId('console').locator('.xterm-rows').innerText();
  }

  async sendCommand(command: string): Promise<void> {
    const input = this.page.getByTestId('command-input');
    await input.fill(command);
    await input.press('Enter');
  }
}

/** View of one server without its console. */
export class ServerWindow {
  readonly #page: Page;
  readonly name: Locator;
  readonly description: Locator;
  readonly startupSave: Locator;
  readonly commandProblem: Locator;
  readonly imageProblem: Locator;
  readonly permissionsProblem: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.startupSave = page.getByTestId('startup-save');
    this.commandProblem = page.getByRole('region', { name: 'Console', exact: true }).locator('p[role=alert]');
    this.imageProblem = page.getByRole('region', { name: 'Docker image' }).getByRole('alert');
    this.permissionsProblem = page.getByTestId('permissions-list').getByRole('alert');
    this.name = page.getByTestId('settings-name');
    this.description = page.getByTestId('settings-description');
  }

  async tab(
    name:
      | 'Console'
      | 'Files'
      | 'Backups'
      | 'Players'
      | 'Events'
      | 'Schedules'
      | 'Network'
      | 'Databases'
      | 'People'
      | 'Startup'
      | 'Settings',
  ): Promise<void> {
    const tab = this.#page.getByTestId('server-view').getByRole('tab', { name });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  /** Waits until no read of the startup is under way. */
  async startupIsRead(): Promise<void> {
    await expect(this.#page.getByTestId('startup-tab')).toHaveAttribute('aria-busy', 'false');
    await expect(this.#page.getByTestId('startup-command')).toBeVisible();
  }

  /** Chooses an entry of the menu of one backup. */
  async backup(name: string, entry: string): Promise<void> {
    const row = this.#page.getByTestId('backup-row').filter({ hasText: name });
    await row.getByTestId('backup-more').click();
    await this.#page.getByTestId('backup-menu').getByTestId(entry).click();
  }

  power(signal: 'start' | 'restart' | 'stop' | 'more'): Locator {
    return this.#page.getByTestId(`power-${signal}`);
  }

  /** Opens the confirmation for Kill. */
  async kill(): Promise<void> {
    await this.power('more').click();
    await this.#page.getByTestId('power-menu-kill').click();
  }
}

export function popoverRow(popover: Page, name: string): Locator {
  return popover.getByTestId('server-row').filter({ hasText: name });
}
