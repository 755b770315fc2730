/* A thousand servers: speed of filter, search and scrolling, and memory of the fleet. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { bounded, line } from './figures.mjs';
import { memoryReach } from './memory.mjs';
import { run } from './programs.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { allKnown } from './in-page.mjs';
import { startServers } from './servers.mjs';
import { compareScrolling } from './scrolling.mjs';
import { measureTyping, places } from './typing.mjs';

/** Wait until the list was read and the memory of the start was freed. */
const restMs = 15_000;
/** Limits: the slowest answer to a key, and dropped frames of 60 at each pace. */
const reach = { keyMs: 50, dropped: 1 };
/** Time limit until every server was polled once. */
const knownWithinMs = 300_000;

/** @param {number} count */
export async function measureFleet(count) {
  const panel = await startServers(count);
  const desktop = await startDesktop();
  try {
    await connectOnce(desktop, panel);
    const windows = await measureWindows(desktop, panel.visible);
    const memory = await measureMemory(desktop, panel.visible);
    const figures = { servers: panel.visible, ...windows, memory };
    print(figures);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** @typedef {import('./programs.mjs').Desktop} Desktop */

/** @param {Desktop} desktop @param {number} count */
async function measureWindows(desktop, count) {
  const perch = await launch(desktop, 'perch');
  const startToTableMs = (await whenListed(perch.page, count)) - perch.startedAt;
  // Rows of unknown servers draw less, so the measurement waits for all states.
  await perch.page.waitForFunction(allKnown, undefined, { timeout: knownWithinMs });
  const typing = [];
  for (const { name, rows, open } of places) {
    typing.push({ name, ...(await measureTyping(perch.page, { rows, open: () => open(perch.page) })) });
  }
  // Closes the palette.
  await perch.page.keyboard.press('Escape');
  const bare = await launch(desktop, 'bare', [`--rows=${count}`]);
  await bare.page.locator('.row').first().waitFor();
  const scrolling = await compareScrolling({
    perch: { ...perch, scroller: '[aria-label=Servers][data-scroller]' },
    bare: { ...bare, scroller: '.list' },
  });
  await bare.app.close();
  await perch.app.close();
  return { startToTableMs, typing, scrolling };
}

/** @param {Desktop} desktop @param {number} count */
async function measureMemory(desktop, count) {
  /** @type {Record<string, number>} */
  const mib = {};
  for (const name of /** @type {const} */ (['bare', 'perch'])) {
    for (const hidden of [false, true]) {
      const flags = name === 'bare' ? [`--rows=${count}`] : [];
      const started = await run(desktop, name, { hidden, restMs, flags });
      mib[`${name} ${hidden ? 'tray' : 'window'}`] = started.memory();
      await started.end();
    }
  }
  return mib;
}

/** @param {Awaited<ReturnType<typeof measureWindows>> & { servers: number, memory: Record<string, number> }} figures */
function print({ servers, startToTableMs, typing, scrolling, memory }) {
  console.log(`\nWith ${servers} servers, each with its figures:\n`);
  line('start to the whole table, ms', startToTableMs.toFixed(0));
  for (const { name, medianMs, worstMs, keystrokes, late } of typing) {
    const partial = late > 0 ? `; ${late} frames were not whole` : '';
    bounded(`worst key to frame, ${name}, ms`, worstMs, reach.keyMs, {
      remark: `median ${medianMs.toFixed(0)} of ${keystrokes} keys${partial}`,
    });
  }
  for (const { pixels, perch, bare, longestMs } of scrolling.rows) {
    const what = pixels === 0 ? 'nothing moves' : `${pixels} pixels a frame`;
    bounded(`frames dropped of 60, ${what}`, perch, reach.dropped, {
      digits: 2,
      remark: `bare ${bare.toFixed(2)}; longest ${longestMs.toFixed(0)} ms of ${scrolling.intervalMs.toFixed(1)}`,
    });
  }
  for (const [what, name, limit] of /** @type {const} */ ([
    ['fleet open', 'window', Number.POSITIVE_INFINITY],
    ['tray only', 'tray', memoryReach.manyTray],
  ])) {
    const [own = Number.NaN, bare = Number.NaN] = [memory[`perch ${name}`], memory[`bare ${name}`]];
    bounded(`memory with the ${what}, PSS, of bare`, own / bare, limit, {
      digits: 2,
      remark: `${own.toFixed(0)} MiB, bare ${bare.toFixed(0)}`,
    });
  }
}
