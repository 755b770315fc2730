/* A flooding console: lost lines, delay of the last line, and times of frames and keystrokes. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connect, launch, whenListed } from './driven.mjs';
import { line, pause, percentile } from './figures.mjs';
import { floodSeen, lastKeystroke, stopWatchingTyping, watchFlood, watchTyping } from './in-page.mjs';
import { startServers } from './servers.mjs';

const rates = [1000, 10_000];
const seconds = 10;
const game = 'Survival';
/** Wait after the flood until all lines were drawn. */
const afterwardsMs = 3000;

/** @typedef {import('@playwright/test').Page} Page */

export async function measureConsole() {
  const panel = await startServers(1);
  const desktop = await startDesktop();
  try {
    const { app, page } = await launch(desktop, 'perch');
    await connect(page, panel);
    await whenListed(page, panel.visible);
    await page.getByTestId('sidebar-server').filter({ hasText: game }).click();
    const uuid = panel.servers.find(({ name }) => name === game)?.uuid ?? '';
    await page.locator('[data-testid=command-input]:enabled').waitFor();
    const rows = [];
    for (const rate of rates)
      rows.push(await measureFlood(page, rate, () => panel.command(uuid, `flood ${rate} ${seconds}`)));
    await app.close();
    return rows;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/**
 * @param {Page} page
 * @param {number} rate lines a second
 * @param {() => Promise<void>} start
 */
async function measureFlood(page, rate, start) {
  await page.getByTestId('command-input').focus();
  await page.evaluate(watchFlood);
  await page.evaluate(watchTyping, '[data-testid=command-input]');
  await start();
  const echoes = [];
  for (const end = performance.now() + seconds * 1000; performance.now() < end;) {
    await page.keyboard.press('a');
    await pause(150);
    const { ms } = await page.evaluate(lastKeystroke);
    if (ms !== undefined) echoes.push(ms);
  }
  await pause(afterwardsMs);
  await page.evaluate(stopWatchingTyping);
  const { frames, lags, highest } = await page.evaluate(floodSeen);
  await page.getByTestId('command-input').fill('');
  const figures = {
    rate,
    notDrawn: rate * seconds - highest,
    lagP99Ms: percentile(lags, 0.99),
    frameP99Ms: percentile(frames, 0.99),
    echoP99Ms: percentile(echoes, 0.99),
  };
  print(figures);
  return figures;
}

/** @param {Awaited<ReturnType<typeof measureFlood>>} figures */
function print({ rate, notDrawn, lagP99Ms, frameP99Ms, echoP99Ms }) {
  console.log(`\n${rate} lines a second for ${seconds} s, with somebody typing:\n`);
  line('lines behind the last one that was drawn', String(notDrawn));
  line('line printed to line drawn, ms, p99', lagP99Ms.toFixed(0));
  line('between two frames, ms, p99', frameP99Ms.toFixed(0));
  line('key to frame, ms, p99', echoP99Ms.toFixed(0));
}
