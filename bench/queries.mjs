/* Cost of the questions to games: two Perches with the tray only, side by side, and one Perch asks no games. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { runInside } from './inspected.mjs';
import { startServers } from './servers.mjs';
import { askNobody, secondsOfMinutes, startHidden, whenLive } from './side-by-side.mjs';

/** Calls per minute, so that all servers of both Perches are soon live. */
const limit = 6000;
/** Wait after all servers are live: until then the first questions look for the place that answers. */
const restMs = 150_000;
/** Limit: processor time of main with questions, as a multiple of main without. */
const reach = { ratio: 1.5 };

/**
 * Numbers of a time.
 *
 * @typedef {{ datagrams: number, bytes: number, sockets: number, connections: number }} Sent
 * @typedef {import('./programs.mjs').Desktop} Desktop
 * @typedef {import('./servers.mjs').Servers} Servers
 * @typedef {import('./side-by-side.mjs').Running} Running
 */

/** @param {number} count servers @param {number} minutes */
export async function measureQueries(count, minutes) {
  const panel = await startServers(count, { limit, flags: ['--answer-queries'] });
  /** @type {Desktop[]} */
  const desktops = [];
  try {
    for (let number = 0; number < 3; number++) desktops.push(await startDesktop());
    const [asking, still, bare] = /** @type {[Desktop, Desktop, Desktop]} */ (desktops);
    for (const desktop of [asking, still]) await connectOnce(desktop, panel);
    askNobody(still);
    const running = [
      await startHidden(asking, 'perch'),
      await startHidden(still, 'perch'),
      await startHidden(bare, 'bare'),
    ];
    const live = await panel.live();
    for (const each of running.slice(0, 2)) await whenLive(each, live);
    await pause(restMs);
    const figures = { servers: panel.visible, live, ...(await measureMinutes(running, minutes)) };
    for (const each of running) await each.end();
    print(figures);
    return figures;
  } finally {
    for (const desktop of desktops) await desktop.stop();
    await panel.stop();
  }
}

/**
 * Medians of minutes that all three spend at the same time, so that other load of the machine meets all of them.
 *
 * @param {readonly Running[]} running
 * @param {number} minutes
 */
async function measureMinutes(running, minutes) {
  const before = running.map((each) => each.memory());
  for (const each of running) await runInside(each, countSent);
  const sentAt = await Promise.all(running.map((each) => runInside(each, sentUntilNow)));
  const seconds = await secondsOfMinutes(
    running.map(({ pid }) => pid),
    minutes,
  );
  const sent = await Promise.all(
    running.map(async (each, at) => less(await runInside(each, sentUntilNow), sentAt[at], minutes)),
  );
  const [asking, still, bare] = running.map((each, at) => ({
    seconds: median(seconds[at] ?? []),
    sent: sent[at],
    before: before[at] ?? Number.NaN,
    after: each.memory(),
  }));
  return { minutes, asking, still, bare };
}

/**
 * Runs in main of the measured application: counts datagrams and connections from now on.
 *
 * @param {import('./inspected.mjs').Modules} modules
 */
function countSent({ dgram, net }) {
  const sent = { datagrams: 0, bytes: 0, sockets: 0, connections: 0 };
  Object.assign(globalThis, { sentByQueries: sent });
  const { send, connect } = dgram.Socket.prototype;
  Object.assign(dgram.Socket.prototype, {
    /** @this {import('node:dgram').Socket} @param {Parameters<typeof send>} words */
    send(...words) {
      sent.datagrams += 1;
      sent.bytes += Buffer.byteLength(words[0]);
      return send.apply(this, words);
    },
    /** @this {import('node:dgram').Socket} @param {Parameters<typeof connect>} words */
    connect(...words) {
      sent.sockets += 1;
      return connect.apply(this, words);
    },
  });
  const { connect: connectStream } = net.Socket.prototype;
  Object.assign(net.Socket.prototype, {
    /** @this {import('node:net').Socket} @param {Parameters<typeof connectStream>} words */
    connect(...words) {
      sent.connections += 1;
      return connectStream.apply(this, words);
    },
  });
  return Promise.resolve(null);
}

/** Runs in main of the measured application. @returns {Promise<Sent>} */
function sentUntilNow() {
  return Promise.resolve(Reflect.get(globalThis, 'sentByQueries'));
}

/**
 * Numbers a minute.
 *
 * @param {Sent} until
 * @param {Sent | undefined} from
 * @param {number} minutes
 * @returns {Sent}
 */
function less(until, from, minutes) {
  const names = /** @type {(keyof Sent)[]} */ (Object.keys(until));
  const each = names.map((name) => [name, (until[name] - (from?.[name] ?? 0)) / minutes]);
  return Object.fromEntries(each);
}

/** @param {{ servers: number, live: number } & Awaited<ReturnType<typeof measureMinutes>>} figures */
function print({ servers, live, minutes, asking, still, bare }) {
  if (asking === undefined || still === undefined || bare === undefined) return;
  console.log(`\n${servers} servers, ${live} of them live, tray only, medians of ${minutes} minutes:\n`);
  const share = (/** @type {{ seconds: number }} */ { seconds }) => ((seconds / 60) * 100).toFixed(2);
  bounded("main's processor time with questions, of without", asking.seconds / still.seconds, reach.ratio, {
    digits: 2,
    remark: `${share(asking)} and ${share(still)} % of a core, bare ${share(bare)}`,
  });
  const questions =
    (asking.sent?.sockets ?? 0) + (asking.sent?.connections ?? 0) - (still.sent?.connections ?? 0);
  line('questions a minute', questions.toFixed(0), 'UDP sockets and TCP connections');
  const each = ((asking.seconds - still.seconds) / questions) * 1000;
  line("main's processor time for a question, ms", each.toFixed(2));
  for (const name of /** @type {const} */ (['datagrams', 'bytes', 'sockets', 'connections']))
    line(
      `${name} a minute with questions`,
      (asking.sent?.[name] ?? 0).toFixed(0),
      `without ${(still.sent?.[name] ?? 0).toFixed(0)}`,
    );
  line(
    'memory more with questions, PSS, MiB',
    (asking.after - still.after).toFixed(1),
    `${asking.after.toFixed(0)}`,
  );
  line(
    'its growth in that time, MiB',
    (asking.after - asking.before).toFixed(1),
    `without ${(still.after - still.before).toFixed(1)}`,
  );
}
