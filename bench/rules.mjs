/* Cost of rules that wait: two Perches side by side, and one Perch has as many rules as Perch stores. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { runInside } from './inspected.mjs';
import { rolesOf } from './processes.mjs';
import { environmentOf, executable } from './programs.mjs';
import { startServers } from './servers.mjs';
import { askNobody, secondsOfMinutes, startHidden, whenLive } from './side-by-side.mjs';

/** Calls per minute, so that all servers of both Perches are soon live. */
const limit = 6000;
/** As many as Perch keeps. */
const ruleCount = 200;
/** Wait after all servers are live, and after the windows were opened. */
const restMs = 60_000;
const windowRestMs = 30_000;
/** Limits: processor time with rules, as a multiple of the same without. */
const reach = { main: 1.1, page: 1.1 };

const hourMs = 3_600_000;
const everyDay = [0, 1, 2, 3, 4, 5, 6];

/**
 * @typedef {import('./servers.mjs').Servers} Servers
 * @typedef {import('./side-by-side.mjs').Desktop} Desktop
 * @typedef {import('./side-by-side.mjs').Running} Running
 */

/** @param {number} count servers @param {number} minutes */
export async function measureRules(count, minutes) {
  const panel = await startServers(count, { limit });
  /** @type {Desktop[]} */
  const desktops = [];
  try {
    for (let number = 0; number < 2; number++) desktops.push(await startDesktop());
    for (const desktop of desktops) {
      await connectOnce(desktop, panel);
      askNobody(desktop);
    }
    const [ruled, still] = /** @type {[Desktop, Desktop]} */ (desktops);
    writeRules(ruled, panel);
    const running = [await startHidden(ruled, 'perch'), await startHidden(still, 'perch')];
    const live = await panel.live();
    for (const each of running) await whenLive(each, live);
    await pause(restMs);
    const pids = running.map(({ pid }) => pid);
    const main = (await secondsOfMinutes(pids, minutes)).map(median);
    const memory = running.map((each) => each.memory());
    const pages = await Promise.all(running.map(pageOf));
    await pause(windowRestMs);
    const page = (await secondsOfMinutes(pages, minutes)).map(median);
    for (const each of running) await each.end();
    const figures = { servers: panel.visible, live, rules: ruleCount, minutes, main, memory, page };
    print(figures);
    return figures;
  } finally {
    for (const desktop of desktops) await desktop.stop();
    await panel.stop();
  }
}

/**
 * Writes rules of all kinds, to which somebody has agreed, and whose time does not come during the measurement.
 *
 * @param {Desktop} desktop
 * @param {Servers} panel
 */
function writeRules(desktop, { servers }) {
  const folder = environmentOf(desktop, 'perch').PERCH_DATA;
  const [{ id: account }] = JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8')).accounts;
  const rules = Array.from({ length: ruleCount }, (_, number) => ({
    id: `bench-${number}`,
    name: `Rule ${number}`,
    isOn: true,
    mode: 'single',
    atMost: { times: 1, withinMs: hourMs },
    target: { kind: 'server', serverId: `${account}/${servers[number % servers.length]?.uuid}` },
    trigger: triggers[number % triggers.length],
    condition: { kind: 'state', on: null, is: ['running'] },
    steps: [{ kind: 'notify', text: 'This should not come.' }],
    agreedAt: Date.now(),
  }));
  writeFileSync(join(folder, 'rules.json'), JSON.stringify({ version: 1, rules }));
}

const inHalfADay = (new Date().getHours() + 12) % 24;
const overFull = { kind: 'figure', on: null, of: 'memory', atLeast: 1000, atMost: null };
const empty = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };
const triggers = [
  { kind: 'figure', of: 'memory', above: 1000, forMs: hourMs / 6 },
  { kind: 'figure', of: 'cpu', above: 1000, forMs: hourMs / 6 },
  { kind: 'state', state: 'starting', forMs: hourMs },
  { kind: 'holds', condition: { kind: 'all', parts: [empty, overFull] }, forMs: hourMs / 3 },
  { kind: 'event', events: ['crashed', 'went-offline', 'restart-failed'] },
  { kind: 'repeated', event: 'crashed', times: 3, withinMs: hourMs },
  { kind: 'time', days: everyDay, minute: inHalfADay * 60 },
  { kind: 'cron', cron: `0 ${inHalfADay} * * 1-5` },
  { kind: 'line', text: 'a line * that no game says' },
  { kind: 'backup', isGood: false },
];

/** Opens the main window, and returns the process of its page. @param {Running} running */
async function pageOf(running) {
  await runInside(running, ({ electron }) => Promise.resolve(electron.app.emit('activate')));
  for (;;) {
    const page = rolesOf(running.pid, executable).find(({ role }) => role === 'renderer');
    if (page !== undefined) return page.pid;
    await pause(200);
  }
}

/** @param {Awaited<ReturnType<typeof measureRules>>} figures */
function print({ servers, live, rules, minutes, main, memory, page }) {
  console.log(`\n${servers} servers, ${live} of them live, ${rules} rules, medians of ${minutes} minutes:\n`);
  const share = (/** @type {number | undefined} */ seconds = Number.NaN) => ((seconds / 60) * 100).toFixed(2);
  const ratio = ([ruled = Number.NaN, still = Number.NaN]) => ruled / still;
  const both = (/** @type {number[]} */ [ruled, still]) => `${share(ruled)} and ${share(still)} % of a core`;
  bounded("main's processor time with rules, of without", ratio(main), reach.main, {
    digits: 2,
    remark: both(main),
  });
  line('memory more with rules, PSS, MiB', ((memory[0] ?? 0) - (memory[1] ?? 0)).toFixed(1));
  bounded("the page's processor time with rules, of without", ratio(page), reach.page, {
    digits: 2,
    remark: both(page),
  });
}
