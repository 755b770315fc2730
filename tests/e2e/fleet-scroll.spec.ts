/** Fast scrolling through a long table: no rows and no focus are lost. */
import type { Page } from '@playwright/test';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

test.use({ sandboxFlags: ['--servers', '300'] });

const list = '[aria-label=Servers][data-scroller]';

/** Scrolls this many pixels in each of several frames; returns whether the list had the class `flying` meanwhile. */
function scroll(page: Page, pixels: number, frames: number): Promise<boolean> {
  return page.evaluate(
    async ([selector, step, count]) => {
      const box = document.querySelector(selector);
      if (box === null) throw new Error('There is no list.');
      let flew = false;
      for (let at = 0; at < count; at++) {
        box.scrollTop += step;
        await new Promise((next) => requestAnimationFrame(next));
        flew ||= box.querySelector('.flying') !== null;
      }
      return flew;
    },
    [list, pixels, frames] as const,
  );
}

/** Scrolls down and up until the list has the class `flying`; frames of a busy machine may come too late for it. */
async function fly(page: Page): Promise<void> {
  let step = 900;
  await expect
    .poll(
      async () => {
        const flew = await scroll(page, step, 8);
        step = -step;
        return flew;
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBe(true);
}

/** Visible pixels that no row covers. */
function uncovered(page: Page): Promise<number> {
  return page.evaluate((selector) => {
    const box = document.querySelector(selector);
    if (box === null) throw new Error('There is no list.');
    const { top, bottom } = box.getBoundingClientRect();
    const rows = [...box.querySelectorAll('[data-slot]')].map((row) => row.getBoundingClientRect());
    const covered = rows.reduce(
      (sum, row) => sum + Math.max(0, Math.min(row.bottom, bottom) - Math.max(row.top, top)),
      0,
    );
    return bottom - top - covered;
  }, list);
}

test('a list that scrolls fast ends complete and keeps the focus', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(page.locator(list)).toHaveAttribute('aria-rowcount', /^3\d\d$/);
  const flying = page.locator(`${list} .flying`);

  await test.step('slowly, every figure stays', async () => {
    expect(await scroll(page, 20, 10)).toBe(false);
    await expect(page.getByTestId('fleet-row').first().locator('.memory')).toBeVisible();
  });

  await test.step('quickly, the figures come back at rest, and rows fill the view', async () => {
    await fly(page);
    // A second flight ends at the top, where the head of the table stands above the rows.
    await scroll(page, 50, 8);
    await expect(flying).toHaveCount(0);
    await expect.poll(() => uncovered(page)).toBeLessThanOrEqual(8);
    await expect(page.getByTestId('fleet-row').last().locator('.memory')).toBeVisible();
  });

  await test.step('upwards as well, to the very first row', async () => {
    await scroll(page, -900, 40);
    await expect(flying).toHaveCount(0);
    await expect(page.locator(`${list} [data-slot]`).first()).toBeInViewport();
  });

  await test.step('the focus stays on the button of a row, and its keys continue', async () => {
    await page.getByTestId('fleet-filter').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const button = page.locator('[data-testid=fleet-row] button:focus');
    const name = (await button.getAttribute('aria-label')) ?? '';
    await fly(page);
    await expect(button).toHaveAttribute('aria-label', name);
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-testid=fleet-row]:focus')).toBeInViewport();
  });
});
