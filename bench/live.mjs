/* Servers that are watched live, by the tray alone: what they cost, and how soon something is known and told. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce } from './driven.mjs';
import { line, median, pause, percentile } from './figures.mjs';
import { run } from './programs.mjs';
import { startServers } from './servers.mjs';

/** The calls a minute of today's panels; half of them carry tokens, so a thousand servers take a while to be live. */
const limit = 720;
const restMs = 20_000;
const idleMs = 60_000;
/** Sockets are opened at the pace that the panel allows, and never before the list has come. */
const liveWithinMs = 600_000;
const crashes = 20;

/** @typedef {import('./programs.mjs').Desktop} Desktop */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {Awaited<ReturnType<typeof run>>} Running */

/** @param {readonly number[]} counts servers that are watched, fewest first */
export async function measureLive(counts) {
  const bare = await measureBare();
  const rows = [];
  for (const count of counts) rows.push(await measureCount(count, bare));
  return { limit, bare, rows };
}

async function measureBare() {
  const desktop = await startDesktop();
  try {
    const started = await run(desktop, 'bare', { hidden: true, restMs });
    const figures = { mib: started.memory(), idle: await idleShare(started) };
    await started.end();
    return figures;
  } finally {
    await desktop.stop();
  }
}

/**
 * @param {number} count
 * @param {{ mib: number, idle: number }} bare
 */
async function measureCount(count, bare) {
  const panel = await startServers(count, { limit });
  const desktop = await startDesktop();
  try {
    await connectOnce(desktop, panel);
    const began = performance.now();
    const started = await run(desktop, 'perch', { hidden: true, restMs: 0 });
    const liveSeconds = await whenAllLive(started, count, began);
    await pause(restMs);
    const mib = started.memory();
    const idle = await idleShare(started);
    const told = await measureCrashes(desktop, panel);
    await started.end();
    const figures = { count, liveSeconds, mib, idle, told };
    print(figures, bare);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/**
 * Seconds until every server has its socket. A connection or two of its own, to the desktop's bus, do not matter.
 *
 * @param {Running} started
 * @param {number} count
 * @param {number} began
 */
async function whenAllLive(started, count, began) {
  for (const deadline = began + liveWithinMs; performance.now() < deadline; await pause(500)) {
    if (started.sockets() >= count) return (performance.now() - began) / 1000;
  }
  throw new Error(
    `Only ${started.sockets()} connections for ${count} servers after ${liveWithinMs / 1000} s.`,
  );
}

/** Percent of one core. @param {Running} started */
async function idleShare(started) {
  const before = started.cpuSeconds();
  await pause(idleMs);
  return ((started.cpuSeconds() - before) / (idleMs / 1000)) * 100;
}

/**
 * From the command that ends the process to the notification on the screen, each server once: milliseconds.
 *
 * @param {Desktop} desktop
 * @param {Servers} panel
 */
async function measureCrashes(desktop, panel) {
  const onPaper = panel.servers.slice(-Math.min(crashes, panel.servers.length));
  const times = [];
  for (const { uuid, name } of onPaper) {
    const before = (await desktop.notifications()).length;
    const at = performance.now();
    // One that does not run takes no command, and can't crash.
    if (
      !(await panel.command(uuid, 'crash').then(
        () => true,
        () => false,
      ))
    )
      continue;
    times.push(await whenTold(desktop, { name, before, at }));
  }
  return { medianMs: median(times), p95Ms: percentile(times, 0.95), of: times.length };
}

/**
 * @param {Desktop} desktop
 * @param {{ name: string, before: number, at: number }} crash
 */
async function whenTold(desktop, { name, before, at }) {
  for (; performance.now() - at < 60_000; await pause(20)) {
    const shown = (await desktop.notifications()).slice(before);
    if (shown.some(({ summary, body }) => `${summary} ${body}`.includes(name))) return performance.now() - at;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * @param {Omit<Awaited<ReturnType<typeof measureCount>>, never>} figures
 * @param {{ mib: number, idle: number }} bare
 */
function print({ count, liveSeconds, mib, idle, told }, bare) {
  console.log(`\n${count} servers live, tray only, ${limit} calls a minute:\n`);
  line('start until all are live, s', liveSeconds.toFixed(1));
  line(
    'memory, MiB (PSS)',
    mib.toFixed(0),
    `bare ${bare.mib.toFixed(0)}, ratio ${(mib / bare.mib).toFixed(2)}`,
  );
  line('CPU while nothing happens, % of a core', idle.toFixed(2), `bare ${bare.idle.toFixed(2)}`);
  line(
    'crash to notification, ms, median',
    told.medianMs.toFixed(0),
    `p95 ${told.p95Ms.toFixed(0)} of ${told.of}`,
  );
}
