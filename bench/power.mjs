/* Time from a click to the node's answer on another websocket, and from an event on that websocket to the tray. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { bounded, median, pause, percentile } from './figures.mjs';
import { allKnown, lastClick, pinAll, watchClicks } from './in-page.mjs';
import { openSocket } from './node-socket.mjs';
import { startServers } from './servers.mjs';

const servers = 200;
const sampled = 10;
/**
 * Wait between measurements, because the desktop gets a menu at most every 1.5 s. A stop makes three menus: while
 * stopping, when stopped, and with its event.
 */
const restMs = 5000;
const withinMs = 20_000;

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./programs.mjs').Desktop} Desktop */
/** @typedef {Awaited<ReturnType<typeof openSocket>>} NodeSocket */

export async function measurePower() {
  const panel = await startServers(servers);
  const desktop = await startDesktop();
  try {
    await connectOnce(desktop, panel);
    const { app, page } = await launch(desktop, 'perch');
    await whenListed(page, panel.visible);
    await page.waitForFunction(allKnown, undefined, { timeout: 120_000 });
    const chosen = await pinnedOnes(panel, page);
    await pause(restMs);
    await page.evaluate(watchClicks);
    const clicks = [];
    const menuClicks = [];
    const events = [];
    for (const { uuid, name } of chosen) {
      const socket = await openSocket(panel, uuid);
      clicks.push(await clickOf(page, { uuid, name }, socket));
      events.push(...(await eventsOf(desktop, socket)));
      const menuClick = await menuClickOf(desktop, name, socket);
      if (menuClick !== null) menuClicks.push(menuClick);
      socket.close();
    }
    await app.close();
    const figures = { clicks, menuClicks, events };
    print(figures);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/**
 * Some simulated servers that run. They are pinned, because with this many servers the tray's menu shows only pinned
 * ones.
 *
 * @param {import('./servers.mjs').Servers} panel
 * @param {Page} page
 */
async function pinnedOnes(panel, page) {
  const truth = await panel.look();
  const chosen = panel.servers
    .slice(-servers)
    .filter(({ uuid }) => truth.get(uuid)?.state === 'running')
    .slice(0, sampled);
  await page.evaluate(
    pinAll,
    chosen.map(({ uuid }) => uuid),
  );
  return chosen;
}

/**
 * @param {readonly import('../tests/support/desktop/session.mjs').MenuEntry[]} menu
 * @param {string} name
 */
function entryOf(menu, name) {
  return menu.find(({ label }) => label.includes(` ${name} — `));
}

/**
 * Stops the server with its row's button, and starts it again through the node, which needs some time before it reports
 * "starting". Returns ms from the click, and from the page's receipt of the click, until the node reported the stop.
 *
 * @param {Page} page
 * @param {{ uuid: string, name: string }} server
 * @param {NodeSocket} socket
 */
async function clickOf(page, { uuid, name }, socket) {
  await page.getByTestId('fleet-filter').fill(name);
  const row = page.locator(`[data-testid=fleet-row][data-server$="${uuid}"]`);
  const stop = row.getByTestId('power-stop');
  await stop.waitFor();
  await pause(restMs);
  const told = socket.next('stopping');
  const atRest = socket.next('offline');
  await stop.click();
  const { at, heardAt } = await page.evaluate(lastClick);
  const node = await told;
  await atRest;
  await startedAgain(socket);
  return { all: node - at, own: node - heardAt };
}

/** @param {NodeSocket} socket */
async function startedAgain(socket) {
  const started = socket.next('running');
  socket.power('start');
  await started;
  await pause(restMs);
}

/**
 * A second client stops and starts the server. Returns ms from the node's message until the tray announces a change.
 *
 * @param {Desktop} desktop
 * @param {NodeSocket} socket
 */
async function eventsOf(desktop, socket) {
  const times = [];
  for (const [signal, state, rest] of /** @type {const} */ ([
    ['stop', 'stopping', 'offline'],
    ['start', 'starting', 'running'],
  ])) {
    const before = await desktop.trayNews();
    const told = socket.next(state);
    const atRest = socket.next(rest);
    socket.power(signal);
    const changed = await whenNews(desktop, before);
    times.push(changed - (await told));
    await atRest;
    await pause(restMs);
  }
  return times;
}

/** @param {Desktop} desktop @param {number} before */
async function whenNews(desktop, before) {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await pause(2)) {
    if ((await desktop.trayNews()) > before) return performance.timeOrigin + performance.now();
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Stops the server through the tray's menu, and starts it again through the node; null if the menu does not show it.
 *
 * @param {Desktop} desktop
 * @param {string} name
 * @param {NodeSocket} socket
 */
async function menuClickOf(desktop, name, socket) {
  const stop = entryOf(await desktop.trayMenu(), name)?.children.find(({ label }) => label === 'Stop');
  if (stop === undefined) return null;
  const told = socket.next('stopping');
  const atRest = socket.next('offline');
  const clickedAt = performance.timeOrigin + performance.now();
  await desktop.agent.ask('click', { entry: stop.id });
  const ms = (await told) - clickedAt;
  await atRest;
  await startedAgain(socket);
  return ms;
}

/** @param {Awaited<ReturnType<typeof measurePower>>} figures */
function print({ clicks, menuClicks, events }) {
  console.log(`\nPower, with ${servers} servers live and the fleet open:\n`);
  const spread = (/** @type {readonly number[]} */ times) =>
    `p95 ${percentile(times, 0.95).toFixed(0)} of ${times.length}`;
  const whole = clicks.map(({ all }) => all);
  bounded('click in the window to the node, ms, p50', median(whole), 10, {
    digits: 1,
    remark: `${spread(whole)}; from when the page hears of it ${median(clicks.map(({ own }) => own)).toFixed(1)}`,
  });
  bounded('click in the tray to the node, ms, p50', median(menuClicks), 10, {
    digits: 1,
    remark: spread(menuClicks),
  });
  bounded('event on the wire to the tray, ms, p95', percentile(events, 0.95), 300, {
    remark: `median ${median(events).toFixed(0)} of ${events.length}`,
  });
}
