/* The history on disk: 30 days of many servers, and the time to write and read. The store is real, the clock is not. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { line } from './figures.mjs';
import { root } from './programs.mjs';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Half past an hour, so that the journal has its average length. */
const now = 1_700_006_400_000 + 12 * hourMs + 30 * minuteMs;
const cycles = 60;

/** @param {readonly number[]} counts of servers */
export async function measureHistory(counts) {
  const { History, parts } = await load();
  const figures = [];
  for (const count of counts) {
    const folder = mkdtempSync(join(tmpdir(), 'perch-bench-history-'));
    try {
      await generate(join(folder, 'history'), count, parts);
      figures.push(await measure(join(folder, 'history'), count, History));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return figures;
}

/** Builds the measured modules from their sources. */
async function load() {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'perch-bench-history-'));
  try {
    const input = Object.fromEntries(
      ['history', 'chunks', 'sample-rows', 'journal-store'].map((name) => [
        name,
        join(root, `main/history/${name}.ts`),
      ]),
    );
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true, external: ['classic-level'] },
      build: {
        ssr: true,
        outDir: folder,
        rollupOptions: { input, external: ['classic-level'], output: { entryFileNames: '[name].mjs' } },
      },
    });
    /** @param {string} name */
    const built = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    const { History } = await built('history');
    const parts = await Promise.all(['chunks', 'sample-rows', 'journal-store'].map(built));
    return { History, parts: Object.assign({}, ...parts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Writes thirty days of busy servers, each with its own pattern.
 *
 * @param {string} folder
 * @param {number} count
 * @param {any} parts
 */
async function generate(folder, count, parts) {
  const { ClassicLevel } = await import('classic-level');
  const level = new ClassicLevel(folder, { valueEncoding: 'view' });
  await level.open();
  await level.put('form', Uint8Array.of(1));
  const { minutes, quarters, states, spansOf, chunkKey, usageBytes, markBytes, progressChange } = parts;
  const { journalChange, rowOf } = parts;
  const hour = Math.floor(now / hourMs) * hourMs;
  const numbers = Array.from({ length: count }, (_none, place) => place + 1);
  for (const kind of [quarters, minutes]) {
    for (const span of spansOf(kind, hour - kind.keptMs + hourMs, hour)) {
      const at = Array.from(
        { length: kind.spanMs / kind.sampleMs },
        (_none, place) => span + (place + 1) * kind.sampleMs - 1000,
      );
      const value = (/** @type {number} */ server) =>
        usageBytes(
          at.filter((one) => one < hour).map((one) => sample(one, server)),
          span,
        );
      await level.batch(
        numbers.map((server) => ({ type: 'put', key: chunkKey(kind, span, server), value: value(server) })),
      );
    }
  }
  for (const span of spansOf(states, hour - 30 * dayMs, hour)) {
    const marks = [...Array(6).keys()].map((place) => ({
      at: span + place * 4 * hourMs,
      state: place % 2 ? 'offline' : 'running',
    }));
    await level.batch(
      numbers.map((server) => ({
        type: 'put',
        key: chunkKey(states, span, server),
        value: markBytes(marks, span),
      })),
    );
  }
  await level.batch(
    numbers.map((server) => ({ type: 'put', key: `n/home/${server}`, value: varint(server) })),
  );
  for (let at = hour - hourMs, number = 1; at < now; at += 5000, number++) {
    const usage = numbers.map((server) => ({ server, row: rowOf(sample(at, server), 1) }));
    const change = journalChange(number, { at, isWhole: false, isFirst: number === 1, states: [], usage });
    await level.put(change.key, change.value);
  }
  const { key, value } = progressChange({ from: hourMs / 5000 + 1, kept: 1, until: hour });
  await level.put(key, value);
  await level.close();
}

/**
 * @param {string} folder
 * @param {number} count
 * @param {any} History
 */
async function measure(folder, count, History) {
  const stored = sizeOf(folder);
  const clock = steppedClock();
  const log = { debug() {}, info() {}, warn: console.warn, error: console.error };
  const nothing = () => undefined;
  const history = new History({
    folder,
    clock,
    log,
    keeps: () => true,
    setAside: console.warn,
    damaged: () => undefined,
    troubled: nothing,
  });
  const before = memory();
  const opened = await timed(async () => {
    history.start([]);
    await history.usage('home/1', '5m');
  });
  const recalled = memory() - before;
  const month = await timed(() => history.usage('home/1', '30d'));
  const day = await timed(() => history.usage('home/2', '24h'));
  const written = await writing(history, clock, count);
  await history.stop();
  line(`${count} servers: 30 days on disk, MB`, (stored / 1e6).toFixed(1));
  line(`${count} servers: opened and the last hour read, ms`, opened.toFixed(0));
  line(`${count} servers: memory of the last hour, MB`, (recalled / 1e6).toFixed(1));
  line(`${count} servers: first chart of 30 days read, ms`, month.toFixed(0));
  line(`${count} servers: chart of a day read, ms`, day.toFixed(0));
  line(`${count} servers: writing, ms of CPU a second`, written.cpuMs.toFixed(2));
  line(`${count} servers: written, KB a second`, (written.bytes / 1000).toFixed(1));
  return { count, stored, opened, recalled, month, day, written };
}

/** @param {any} history @param {ReturnType<typeof steppedClock>} clock @param {number} count */
async function writing(history, clock, count) {
  const cpu = process.cpuUsage();
  const bytes = bytesWritten();
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (let server = 1; server <= count; server++)
      history.add(`home/${server}`, sample(clock.now(), server));
    clock.step(5000);
    await history.usage('home/1', '5m');
  }
  const { user, system } = process.cpuUsage(cpu);
  const seconds = cycles * 5;
  return { cpuMs: (user + system) / 1000 / seconds, bytes: (bytesWritten() - bytes) / seconds };
}

function steppedClock() {
  let at = now;
  /** @type {(() => void) | null} */
  let due = null;
  return {
    now: () => at,
    wall: () => at,
    /** @param {number} _ms @param {() => void} run */
    after(_ms, run) {
      due = run;
      return () => void (due = null);
    },
    /** @param {number} ms */
    step(ms) {
      at += ms;
      due?.();
    },
  };
}

/** @param {number} at @param {number} server */
function sample(at, server) {
  const wave = (/** @type {number} */ period) =>
    1 + Math.sin((at / period) * 6 + server) / 2 + (((at / 1000) * 7919 + server * 104729) % 97) / 300;
  const band = (/** @type {number} */ more) => ({
    cpuPercent: 40 * wave(hourMs) * more,
    memoryBytes: 3e9 * wave(dayMs) * (0.99 + more / 100),
    receivedPerSecond: 30_000 * wave(17 * minuteMs) * more,
    sentPerSecond: 90_000 * wave(23 * minuteMs) * more,
  });
  return { at, ...band(1), diskBytes: 8e9 + at / 1e6, afterGap: false, low: band(0.7), high: band(1.6) };
}

/** @param {number} number */
function varint(number) {
  return number < 128 ? Uint8Array.of(number) : Uint8Array.of((number % 128) + 128, Math.floor(number / 128));
}

function memory() {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

function bytesWritten() {
  return Number(/wchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN);
}

/** @param {string} folder */
function sizeOf(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** @param {() => Promise<unknown>} work */
async function timed(work) {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
