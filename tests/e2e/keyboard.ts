/** A person without a mouse: Tab, arrows, typed text, and the focus ring. */
import type { Locator, Page } from '@playwright/test';
import { focusIsBack } from './focus-is-back.js';
import { MainWindow } from './pages.js';
import { expect } from './perch.js';

/** More tab stops than any view has. */
const mostStops = 90;

export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  /** Replaces the text of the field. */
  async replace(text: string): Promise<void> {
    await this.press('Control+a');
    await this.type(text);
  }

  /** Presses Tab or Shift+Tab until the target has the focus, and checks that the ring shows. */
  async tabTo(target: Locator, way: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.#until(target, way, mostStops);
    await expect.poll(() => this.ringShows(), `a focus ring at ${String(target)}`).toBe(true);
  }

  /** Presses an arrow key until the target has the focus. */
  async arrowTo(target: Locator, key: 'ArrowDown' | 'ArrowUp' | 'ArrowRight' | 'ArrowLeft'): Promise<void> {
    await this.#until(target, key, 40);
  }

  async hasFocus(target: Locator): Promise<boolean> {
    return (await target.count()) === 1 && (await target.evaluate((one) => one === document.activeElement));
  }

  /** Whether the focused element, or the frame of its field, shows the ring. */
  async ringShows(): Promise<boolean> {
    return this.#page.evaluate(() => {
      const { activeElement } = document;
      return [activeElement, activeElement?.parentElement].some(
        (one) => one instanceof Element && getComputedStyle(one).outlineStyle === 'solid',
      );
    });
  }

  async #until(target: Locator, key: string, most: number): Promise<void> {
    await expect(target).toBeVisible();
    for (let stops = 0; stops < most; stops += 1) {
      if (await this.hasFocus(target)) return;
      await this.press(key);
      if (key.endsWith('Tab')) await focusIsBack(this.#page);
    }
    throw new Error(`${key} does not come to ${String(target)} within ${most} stops.`);
  }
}

/** Fleet table by keyboard. */
export class FleetByKeyboard {
  readonly #page: Page;
  readonly #keys: Keyboard;
  readonly menu: Locator;

  constructor(page: Page, keys: Keyboard) {
    this.#page = page;
    this.#keys = keys;
    this.menu = page.getByTestId('fleet-menu');
  }

  row(name: string): Locator {
    return new MainWindow(this.#page).fleetRow(name);
  }

  section(title: string): Locator {
    return this.#page.getByTestId('fleet-section').filter({ hasText: title });
  }

  /** Goes from anywhere to the filter and down into the table. */
  async goTo(target: Locator): Promise<void> {
    const filter = this.#page.getByTestId('fleet-filter');
    if (!(await this.#keys.hasFocus(filter))) await this.#keys.press('/');
    await expect(filter).toBeFocused();
    await this.#keys.press('ArrowDown');
    await expect(filter).not.toBeFocused();
    await this.#keys.press('Home');
    await this.#keys.arrowTo(target, 'ArrowDown');
  }

  async openMenu(target: Locator, key: 'ContextMenu' | 'Shift+F10'): Promise<void> {
    await this.goTo(target);
    await this.#keys.press(key);
    await expect(this.menu).toBeVisible();
  }

  async choose(entry: string): Promise<void> {
    const options = { name: entry, exact: true };
    // A submenu is a menu of its own beside its parent.
    const menus = this.#page.getByRole('menu');
    const found = menus.getByRole('menuitem', options).or(menus.getByRole('menuitemradio', options));
    await this.#keys.arrowTo(found, 'ArrowDown');
    await this.#keys.press('Enter');
  }

  /** Titles and names from top to bottom. */
  async order(): Promise<string[]> {
    return this.#page
      .getByRole('treegrid', { name: 'Servers' })
      .evaluate((grid) =>
        [...grid.querySelectorAll('[data-key]')]
          .toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
          .map((row) => row.querySelector('[role=rowheader] bdi, .title')?.textContent ?? ''),
      );
  }
}
