/* Time from the start of Perch until its window shows the true state: of the visible rows, and of all servers. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { bounded, line, pause } from './figures.mjs';
import { allKnown, fleetNow, rowsKnown } from './in-page.mjs';
import { startServers } from './servers.mjs';

/** Calls per minute. Perch may use half of them for watching, and a server needs one call until its state is known. */
const limit = 256;
const minuteMs = 60_000;
const withinMs = 20 * minuteMs;
/** Required pace for all servers as a share of the theoretical one: 95 %. */
const pace = 0.95;

/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {import('@playwright/test').Page} Page */

/** @param {readonly number[]} counts servers, fewest first */
export async function measureFirstTruth(counts) {
  const rows = [];
  for (const count of counts) rows.push(await measureCount(count));
  return { limit, rows };
}

/** @param {number} count */
async function measureCount(count) {
  const panel = await startServers(count, { limit });
  const desktop = await startDesktop();
  try {
    await connectOnce(desktop, panel);
    // Waits a minute, because the calls of connecting count against the panel's limit.
    await pause(minuteMs + 1000);
    const { app, page, startedAt } = await launch(desktop, 'perch');
    const listedMs = (await whenListed(page, panel.visible)) - startedAt;
    const visibleMs = (await when(page, rowsKnown)) - startedAt;
    const allMs = (await when(page, allKnown)) - startedAt;
    const truth = await panel.look();
    const wrong = await countWrong(page, truth);
    await app.close();
    const asked = [...truth.values()].filter(({ status }) => status === null).length;
    const boundMs = (asked / (limit / 2)) * minuteMs;
    const figures = { count, asked, listedMs, visibleMs, allMs, boundMs, wrong };
    print(figures);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** @param {Page} page @param {() => number | false} isSo */
async function when(page, isSo) {
  const at = await page.waitForFunction(isSo, undefined, { timeout: withinMs, polling: 'raf' });
  return Number(await at.jsonValue());
}

/**
 * Number of servers whose state in the window differs from the true state.
 *
 * @param {Page} page
 * @param {Awaited<ReturnType<Servers['look']>>} truth
 */
async function countWrong(page, truth) {
  const shown = await page.evaluate(fleetNow);
  return shown.filter(({ uuid, power }) => {
    const { status, state } = truth.get(uuid) ?? { status: null, state: 'no server' };
    // A server whose node is down has no known state.
    return status === null && power !== null && power !== state;
  }).length;
}

/** @param {Awaited<ReturnType<typeof measureCount>>} figures */
function print({ count, asked, listedMs, visibleMs, allMs, boundMs, wrong }) {
  console.log(`\n${count} servers, ${limit} calls a minute, from the start of the process:\n`);
  line('window lists all servers, s', (listedMs / 1000).toFixed(2));
  bounded('rows in view are right, s', visibleMs / 1000, 3, { digits: 2 });
  bounded('all rows are right, s', allMs / 1000, boundMs / 1000 / pace, {
    digits: 1,
    remark: `half of the limit takes ${(boundMs / 1000).toFixed(1)} s for ${asked}, ratio ${(allMs / boundMs).toFixed(2)}`,
  });
  bounded('rows with a wrong state afterwards', wrong, 0);
}
