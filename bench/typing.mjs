import { median, pause } from './figures.mjs';
import { lastKeystroke, stopWatchingTyping, watchTyping } from './in-page.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/** Pace of a fast typist, so that a keystroke does not meet the work of the previous one. */
const betweenKeysMs = 150;
const letters = 'cobalt survi';
const rounds = 2;

/**
 * Types twelve letters and deletes them, twice.
 *
 * @param {Page} page
 * @param {{ open: () => Promise<void>, rows: string }} place `open` focuses the empty field
 */
export async function measureTyping(page, { open, rows }) {
  await open();
  await page.evaluate(watchTyping, rows);
  const times = [];
  let late = 0;
  for (let round = 0; round < rounds; round++) {
    for (const key of [...letters, ...Array.from(letters, () => 'Backspace')]) {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await pause(betweenKeysMs);
      const { count, ms, isWhole } = await page.evaluate(lastKeystroke);
      if (count !== times.length + 1) throw new Error(`The key "${key}" changed nothing.`);
      times.push(ms);
      if (!isWhole) late += 1;
    }
  }
  await page.evaluate(stopWatchingTyping);
  return { keystrokes: times.length, medianMs: median(times), worstMs: Math.max(...times), late };
}

/** The three searches for servers in the main window. */
export const places = /** @type {const} */ ([
  {
    name: 'filter of the table',
    rows: '[data-testid=fleet-row]',
    open: async (/** @type {Page} */ page) => page.getByTestId('fleet-filter').focus(),
  },
  {
    name: 'search of the sidebar',
    rows: '[data-testid=sidebar-server]',
    open: async (/** @type {Page} */ page) =>
      page.getByRole('searchbox', { name: 'Search servers', exact: true }).focus(),
  },
  {
    name: 'palette',
    rows: '[data-testid=palette] [role=option]',
    open: async (/** @type {Page} */ page) => {
      await page.keyboard.press('Control+k');
      await page.getByTestId('palette').waitFor();
      await pause(200);
    },
  },
]);
