/** Order of servers by mouse and keyboard, in the table and on disk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readSettings } from '../../main/disk/stored-settings.js';
import { FleetByKeyboard, Keyboard } from './keyboard.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

/** Table of one window, and the stored order. */
class Table {
  readonly #perch: Perch;
  readonly #page: Page;
  readonly #main: MainWindow;
  readonly keys: Keyboard;
  readonly fleet: FleetByKeyboard;

  constructor(perch: Perch, page: Page) {
    this.#perch = perch;
    this.#page = page;
    this.#main = new MainWindow(page);
    this.keys = new Keyboard(page);
    this.fleet = new FleetByKeyboard(page, this.keys);
  }

  async pin(name: string): Promise<void> {
    await this.#main.fleetRow(name).click({ button: 'right' });
    await this.#page.getByTestId('menu-pin').click();
    await this.expectPins((pins) => pins.includes(name));
  }

  /** Presses the row and drags it over the upper or lower half of another row, without releasing. */
  async hold(name: string, over: string, side: 'before' | 'after'): Promise<void> {
    const x = 160;
    await this.#main.fleetRow(name).hover({ position: { x, y: 18 } });
    await this.#page.mouse.down();
    const to = await this.#boxOf(over);
    await this.#page.mouse.move(to.x + x, to.y + to.height * (side === 'before' ? 0.2 : 0.8), { steps: 8 });
  }

  async drag(name: string, over: string, side: 'before' | 'after'): Promise<void> {
    await this.hold(name, over, side);
    await this.#page.mouse.up();
  }

  /** Names below "Pinned" match `settings.json` in the same order. */
  async expectPins(holds: (pins: readonly string[]) => boolean): Promise<void> {
    await expect(async () => {
      const shown = await this.#shownPins();
      expect(holds(shown), shown.join(', ')).toBe(true);
      expect(await this.#keptPins()).toEqual(shown);
    }).toPass({ timeout: 40_000 });
  }

  async expectPinned(...names: readonly string[]): Promise<void> {
    await this.expectPins((pins) => pins.join() === names.join());
  }

  async #shownPins(): Promise<string[]> {
    const order = await this.fleet.order();
    const end = order.findIndex((title, at) => at > 0 && title.includes('127.0.0.1'));
    return order[0] === 'Pinned' ? order.slice(1, end) : [];
  }

  async #keptPins(): Promise<string[]> {
    const file = join(this.#perch.dataFolder, 'settings.json');
    const pins = readSettings(readFileSync(file, 'utf8'))?.fields.pins ?? [];
    const names = await this.#page
      .getByTestId('fleet-row')
      .evaluateAll((rows) =>
        rows.map(
          (row) => [row.getAttribute('data-key'), row.querySelector('bdi')?.textContent ?? ''] as const,
        ),
      );
    return pins.map((id) => names.find(([key]) => key === id)?.[1] ?? id);
  }

  async #boxOf(name: string): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.#main.fleetRow(name).boundingBox();
    if (box === null) throw new Error(`The row of ${name} is not in sight.`);
    return box;
  }
}

test('servers are put in order with the mouse and by keyboard', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const table = new Table(perch, page);
  const isTable = () => expect(page.getByRole('heading', { name: 'All servers' })).toBeVisible();

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  for (const name of ['Lobby', 'Skyblock', 'Survival']) await table.pin(name);
  await table.expectPinned('Lobby', 'Skyblock', 'Survival');

  await test.step('with the mouse, above and below another', async () => {
    await table.drag('Survival', 'Lobby', 'before');
    await table.expectPinned('Survival', 'Lobby', 'Skyblock');
    await table.drag('Survival', 'Lobby', 'after');
    await table.expectPinned('Lobby', 'Survival', 'Skyblock');
    // The click at the end of a drag opens no view.
    await isTable();
  });

  await test.step('from below its panel among those that are pinned, and back', async () => {
    await table.drag('Creative', 'Survival', 'before');
    await table.expectPinned('Lobby', 'Creative', 'Survival', 'Skyblock');
    await table.drag('Lobby', 'Rust Belt', 'after');
    await table.expectPinned('Creative', 'Survival', 'Skyblock');
  });

  await test.step('Escape keeps the order', async () => {
    await table.hold('Skyblock', 'Creative', 'before');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await isTable();
    await table.expectPinned('Creative', 'Survival', 'Skyblock');
  });

  await test.step('by keyboard', async () => {
    await table.fleet.goTo(table.fleet.row('Skyblock'));
    await table.keys.press('Alt+ArrowUp');
    await table.expectPinned('Creative', 'Skyblock', 'Survival');
    await expect(table.fleet.row('Skyblock')).toBeFocused();
    await table.keys.press('Alt+ArrowUp');
    await table.expectPinned('Skyblock', 'Creative', 'Survival');
    await table.keys.press('Alt+ArrowDown');
    await table.expectPinned('Creative', 'Skyblock', 'Survival');
  });

  await test.step('no row can be dragged while a filter or a column orders', async () => {
    await page.getByTestId('fleet-filter').fill('s');
    await table.drag('Survival', 'Skyblock', 'before');
    await page.getByTestId('fleet-filter').fill('');
    await isTable();
    await table.expectPinned('Creative', 'Skyblock', 'Survival');
  });

  await test.step('the order is there after a restart', async () => {
    await perch.quit();
    const again = await launch();
    const window = await again.window('main');
    await expect(new MainWindow(window).fleetRow('Lobby')).toBeVisible({ timeout: 30_000 });
    await new Table(again, window).expectPinned('Creative', 'Skyblock', 'Survival');
  });
});
