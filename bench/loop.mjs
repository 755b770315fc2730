/* Delay of main's event loop with all servers live: with the tray only, and with the fleet's window open. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launchHidden, openFleet } from './driven.mjs';
import { bounded, line, pause } from './figures.mjs';
import { connectionsOf } from './processes.mjs';
import { startServers } from './servers.mjs';

/** More than any panel allows. The time until all servers are live is measured elsewhere. */
const limit = 6000;
const liveWithinMs = 300_000;
const restMs = 20_000;
const measureMs = 60_000;
/** Interval between two samples of the loop; any longer interval is delay. */
const lookMs = 10;
const reachMs = 20;

/** @typedef {import('@playwright/test').ElectronApplication} Application */

/** @param {number} count servers */
export async function measureLoop(count) {
  const panel = await startServers(count, { limit });
  const desktop = await startDesktop();
  try {
    const bare = await measureBare(desktop);
    await connectOnce(desktop, panel);
    const app = await launchHidden(desktop, 'perch');
    await whenLive(app, await panel.live());
    await pause(restMs);
    const tray = await delaysOf(app);
    await openFleet(app, desktop, panel.visible);
    await pause(restMs);
    const window = await delaysOf(app);
    await app.close();
    const figures = { count, bare, tray, window };
    print(figures);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** @param {import('./programs.mjs').Desktop} desktop */
async function measureBare(desktop) {
  const app = await launchHidden(desktop, 'bare');
  await pause(restMs);
  const delays = await delaysOf(app);
  await app.close();
  return delays;
}

/** @param {Application} app @param {number} count */
async function whenLive(app, count) {
  const pid = app.process().pid ?? 0;
  for (const deadline = Date.now() + liveWithinMs; connectionsOf(pid) < count; await pause(500)) {
    if (Date.now() > deadline)
      throw new Error(`Only ${connectionsOf(pid)} connections for ${count} servers.`);
  }
}

/** Delays in ms. @param {Application} app */
async function delaysOf(app) {
  await app.evaluate((_electron, resolution) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const histogram = monitorEventLoopDelay({ resolution });
    histogram.enable();
    Object.assign(globalThis, { histogram });
  }, lookMs);
  await pause(measureMs);
  const [p99, worst] = await app.evaluate(() => {
    const { histogram } = /** @type {any} */ (globalThis);
    histogram.disable();
    return [histogram.percentile(99) / 1e6, histogram.max / 1e6];
  });
  return { p99Ms: Math.max(0, p99 - lookMs), worstMs: Math.max(0, worst - lookMs) };
}

/** @param {Awaited<ReturnType<typeof measureLoop>>} figures */
function print({ count, bare, tray, window }) {
  console.log(`\n${count} servers live, delay of main's event loop over ${measureMs / 1000} s:\n`);
  // An idle loop is late as well on a busy computer.
  line('bare, ms, p99', bare.p99Ms.toFixed(1), `worst ${bare.worstMs.toFixed(0)}`);
  for (const [what, { p99Ms, worstMs }] of /** @type {const} */ ([
    ['tray only', tray],
    ['with the fleet open', window],
  ])) {
    const remark = `${(p99Ms - bare.p99Ms).toFixed(1)} above bare; worst ${worstMs.toFixed(0)}`;
    bounded(`${what}, ms, p99`, p99Ms, reachMs, { digits: 1, remark });
  }
}
