/* Servers that the tray alone watches live: their cost, and the delay until their state is known and notified. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce } from './driven.mjs';
import { bounded, line, median, pause, percentile } from './figures.mjs';
import { argumentsOf, environmentOf, executable, root, run } from './programs.mjs';
import { startServers } from './servers.mjs';

/** Calls per minute of current panels. Half of them fetch tokens, so a thousand servers take a while to be live. */
const limit = 720;
/** Wait after all servers are live. V8 collects the garbage of the start until about 35 s after it. */
const restMs = 60_000;
const idleMs = 60_000;
/** Time limit. Websockets open at the pace that the panel allows, and only after the list was read. */
const liveWithinMs = 600_000;
const crashes = 20;
/**
 * Limits: share of a core with the fewest servers and as a multiple of the bare client, and memory compared with the
 * bare application and with the fewest servers.
 */
const reach = {
  idle: /** @type {Readonly<Record<number, number>>} */ ({ 10: 0.4 }),
  clientRatio: /** @type {Readonly<Record<number, number>>} */ ({ 1000: 1.3 }),
  memoryRatio: 1.5,
  mibAboveFewest: 100,
  toldMs: 2000,
};

const clientScript = join(root, 'bench/bare/client.mjs');
/** @type {import('node:child_process').SpawnOptions} */
const piped = { stdio: ['ignore', 'pipe', 'inherit'] };

/** For numbers of servers that have no limit. */
const none = Number.POSITIVE_INFINITY;

/** @typedef {import('./programs.mjs').Desktop} Desktop */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {Awaited<ReturnType<typeof run>>} Running */

/** @param {readonly number[]} counts servers that are watched, fewest first */
export async function measureLive(counts) {
  const bare = await measureBare();
  const rows = [];
  for (const count of counts) {
    const figures = await measureCount(count);
    rows.push(figures);
    print(figures, bare, rows[0]?.mib ?? figures.mib);
  }
  return { limit, bare, rows };
}

async function measureBare() {
  const desktop = await startDesktop();
  try {
    const started = await run(desktop, 'bare', { hidden: true, restMs });
    const idle = await idleShare(started);
    await started.end();
    return { idle };
  } finally {
    await desktop.stop();
  }
}

/** @param {number} count */
async function measureCount(count) {
  const panel = await startServers(count, { limit });
  const desktop = await startDesktop();
  try {
    await connectOnce(desktop, panel);
    const began = performance.now();
    const started = await run(desktop, 'perch', { hidden: true, restMs: 0 });
    const liveSeconds = await whenAllLive(started, await panel.live(), began);
    await pause(restMs);
    const idle = await idleShare(started);
    const { mib, bareMib } = await measureMemory(started);
    const told = await measureCrashes(desktop, panel);
    await started.end();
    const client = await measureClient(panel, (words) =>
      spawn(process.execPath, [clientScript, ...words], piped),
    );
    const inBare = await measureClient(panel, (words) =>
      spawn(executable, argumentsOf('bare', ['--hidden', `--client=${JSON.stringify(words)}`]), {
        ...piped,
        env: environmentOf(desktop, 'bare'),
      }),
    );
    return { count, liveSeconds, mib, bareMib, idle, told, client, inBare };
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/**
 * Seconds until every server has its websocket. A few connections to the panel do not matter.
 *
 * @param {Running} started
 * @param {number} count
 * @param {number} began
 */
async function whenAllLive(started, count, began) {
  for (const deadline = began + liveWithinMs; performance.now() < deadline; await pause(500)) {
    if (started.connections() >= count) return (performance.now() - began) / 1000;
  }
  throw new Error(
    `Only ${started.connections()} connections for ${count} servers after ${liveWithinMs / 1000} s.`,
  );
}

/**
 * Measures both applications at the same time, so that shared memory is divided equally between them.
 *
 * @param {Running} started
 */
async function measureMemory(started) {
  const desktop = await startDesktop();
  try {
    const bare = await run(desktop, 'bare', { hidden: true, restMs });
    const figures = { mib: started.memory(), bareMib: bare.memory() };
    await bare.end();
    return figures;
  } finally {
    await desktop.stop();
  }
}

/**
 * The bare client, which receives the same frames once Perch has ended.
 *
 * @param {Servers} panel
 * @param {(words: readonly string[]) => import('node:child_process').ChildProcess} start
 * @returns {Promise<{ share: number, live: number, frames: number }>}
 */
async function measureClient({ panel, key, servers }, start) {
  const child = start([panel, key, String(limit / 2), String(idleMs), ...servers.map(({ uuid }) => uuid)]);
  const stdout = /** @type {import('node:stream').Readable} */ (child.stdout);
  const [answer] = await Promise.all([text(stdout), once(child, 'exit')]);
  return JSON.parse(answer);
}

/** Processor use in percent of one core. @param {Running} started */
async function idleShare(started) {
  const before = started.cpuSeconds();
  await pause(idleMs);
  return ((started.cpuSeconds() - before) / (idleMs / 1000)) * 100;
}

/**
 * Milliseconds from the command that ends the process to the notification on the screen, once for each server.
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
    // A server that does not run accepts no command and can't crash.
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
 * @param {Awaited<ReturnType<typeof measureCount>>} figures
 * @param {{ idle: number }} bare
 * @param {number} fewestMib
 */
function print({ count, liveSeconds, mib, bareMib, idle, told, client, inBare }, bare, fewestMib) {
  console.log(`\n${count} servers live, tray only, ${limit} calls a minute:\n`);
  line('start until all are live, s', liveSeconds.toFixed(1));
  bounded('memory beside bare, ratio', mib / bareMib, reach.memoryRatio, {
    digits: 2,
    remark: `${mib.toFixed(0)} MiB (PSS), bare ${bareMib.toFixed(0)}`,
  });
  bounded('memory above the fewest servers, MiB', mib - fewestMib, reach.mibAboveFewest);
  bounded('CPU while nothing happens, % of a core', idle, reach.idle[count] ?? none, {
    digits: 2,
    remark: `bare ${bare.idle.toFixed(2)}`,
  });
  bounded('the same as a multiple of a bare client', idle / client.share, reach.clientRatio[count] ?? none, {
    digits: 2,
    remark: `client ${client.share.toFixed(2)} % with ${client.live} servers and ${client.frames} frames`,
  });
  bounded('as a multiple of that client in bare Electron', idle / inBare.share, none, {
    digits: 2,
    remark: `client ${inBare.share.toFixed(2)} % with ${inBare.live} servers and ${inBare.frames} frames`,
  });
  bounded('crash to notification, ms, p95', told.p95Ms, reach.toldMs, {
    remark: `median ${told.medianMs.toFixed(0)} of ${told.of}`,
  });
}
