/* Memory that a closed window leaves behind: before its opening, and half a minute after its end. */
import { _electron } from '@playwright/test';
import { pause } from './figures.mjs';
import { memoryOf } from './processes.mjs';
import { argumentsOf, environmentOf, executable } from './programs.mjs';

const openMs = 5000;
const closedMs = 30_000;

/**
 * Memory before and after a window that Playwright opens and closes. Playwright's own cost is the same both times.
 *
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 * @param {{ restMs: number, flags: readonly string[] }} options
 */
export async function measureClosedWindow(desktop, name, { restMs, flags }) {
  const app = await _electron.launch({
    executablePath: executable,
    args: argumentsOf(name, ['--hidden', ...flags]),
    env: environmentOf(desktop, name),
  });
  try {
    await desktop.waitForTray();
    await pause(restMs);
    const pid = /** @type {number} */ (app.process().pid);
    const before = memoryOf(pid, executable).mib;
    const opened = app.waitForEvent('window');
    await app.evaluate(({ app: electron }) => void electron.emit('activate'));
    await opened;
    await pause(openMs);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((each) => each.close()));
    await pause(closedMs);
    return { before, after: memoryOf(pid, executable).mib };
  } finally {
    await app.close();
  }
}
