import type { Page } from '@playwright/test';

/** Longer than any window takes to return the focus, even on a busy computer, in ms. */
const lostAfterMs = 10_000;

/**
 * Waits until a control has the focus after a Tab.
 *
 * After the last control the focus goes to the window and reaches the first control some ms later. An earlier Tab would
 * skip the first control.
 */
export async function focusIsBack(page: Page): Promise<void> {
  await page.evaluate(async (ms) => {
    const { activeElement } = document;
    if (activeElement !== null && !activeElement.matches('body, dialog')) return;
    await new Promise<void>((resolve) => {
      document.addEventListener('focusin', () => resolve(), { once: true });
      setTimeout(resolve, ms);
    });
  }, lostAfterMs);
}
