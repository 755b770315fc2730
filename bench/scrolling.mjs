import { median, pause } from './figures.mjs';
import { scrollFrames } from './in-page.mjs';

/** Pixels per frame: slow reading, a mouse wheel, a dragged scroll bar. */
const speeds = /** @type {const} */ ([10, 60, 400]);
const rounds = 3;
const seconds = 5;
/** Wait, because a window that was just shown has frames of its own to draw. */
const settleMs = 700;

/** @typedef {{ app: import('@playwright/test').ElectronApplication, page: import('@playwright/test').Page, scroller: string }} Scrolled */

/**
 * Dropped frames of sixty at each speed, and at 0 without movement. The applications alternate, so that both meet the
 * same conditions; the waiting one is hidden.
 *
 * @param {{ perch: Scrolled, bare: Scrolled }} both
 */
export async function compareScrolling(both) {
  const intervalMs = median(await alone(both.bare, [both.perch], 0, 2));
  const rows = [];
  for (const pixels of [0, ...speeds]) {
    /** @type {Record<'perch' | 'bare', number[]>} */
    const dropped = { perch: [], bare: [] };
    let longestMs = 0;
    for (let round = 0; round < rounds; round++) {
      const bare = await alone(both.bare, [both.perch], pixels, seconds);
      const perch = await alone(both.perch, [both.bare], pixels, seconds);
      dropped.bare.push(droppedOfSixty(bare, intervalMs));
      dropped.perch.push(droppedOfSixty(perch, intervalMs));
      longestMs = Math.max(longestMs, ...perch);
    }
    rows.push({ pixels, perch: median(dropped.perch), bare: median(dropped.bare), longestMs });
  }
  return { intervalMs, rows };
}

/**
 * @param {Scrolled} one
 * @param {readonly Scrolled[]} others
 * @param {number} pixels
 * @param {number} forSeconds
 */
async function alone({ app, page, scroller }, others, pixels, forSeconds) {
  for (const other of others) await show(other.app, false);
  await show(app, true);
  await pause(settleMs);
  return page.evaluate(scrollFrames, { scroller, pixels, seconds: forSeconds });
}

/**
 * @param {Scrolled['app']} app
 * @param {boolean} isShown
 */
async function show(app, isShown) {
  await app.evaluate(({ BrowserWindow }, shown) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (shown) window.show();
      else window.hide();
    }
  }, isShown);
}

/**
 * @param {readonly number[]} deltas
 * @param {number} intervalMs
 */
function droppedOfSixty(deltas, intervalMs) {
  const missing = deltas.reduce(
    (sum, delta) => sum + (delta > 1.5 * intervalMs ? Math.round(delta / intervalMs) - 1 : 0),
    0,
  );
  return (missing / (deltas.length + missing)) * 60;
}
