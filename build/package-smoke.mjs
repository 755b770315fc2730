import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { until } from '../tests/support/desktop/processes.mjs';
import { makePackage } from './dist.mjs';
import { electronFlags } from './electron-flags.mjs';
import { root } from './setup/paths.mjs';

/** How long the packaged application may take to end after "Quit". */
const QUIT_MS = 10_000;
/** The sandbox's first start makes keys and installs servers. */
const DEMO_MS = 45_000;

/**
 * The package can't be driven by Playwright, because its fuses forbid that. So it is used from outside, as a person
 * would: it is started with the demo, its servers are in the tray's menu, and "Quit" there ends it.
 *
 * @type {import('./steps.mjs').Step}
 */
export const packageSmoke = {
  name: 'package',
  work: async () => {
    if (process.platform !== 'linux') return fine('');
    const unpacked = join(root, 'dist', 'linux-unpacked');
    rmSync(unpacked, { recursive: true, force: true });
    const made = await makePackage(['--dir'], { show: false });
    const executable = join(unpacked, 'perch');
    if (made.code !== 0 || !existsSync(executable)) return wrong(made.output);
    return await startAndQuit(executable);
  },
};

/** @param {string} executable */
async function startAndQuit(executable) {
  const desktop = await startDesktop();
  const child = spawn(executable, electronFlags(), {
    env: { ...desktop.env, PERCH_DEMO: '1', PERCH_DATA: join(desktop.folder, 'perch') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const pipe of [child.stdout, child.stderr]) pipe.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  try {
    await desktop.waitForTray();
    const hasServer = async () => (await desktop.trayMenu()).some((entry) => entry.children.length > 0);
    await until(hasServer, { what: 'a server of the demo in its tray menu', timeoutMs: DEMO_MS });
    await desktop.clickMenu(['Quit']);
    const code = await Promise.race([ended, later(QUIT_MS, 'it did not end')]);
    return code === 0 ? fine(said) : wrong(`The packaged application ended with ${String(code)}.\n${said}`);
  } catch (error) {
    return wrong(
      `The packaged application: ${error instanceof Error ? error.message : String(error)}\n${said}`,
    );
  } finally {
    child.kill('SIGKILL');
    await desktop.stop();
  }
}

/**
 * @param {number} ms
 * @param {string} what
 */
function later(ms, what) {
  return new Promise((resolve) => setTimeout(() => resolve(what), ms).unref());
}

/** @param {string} output */
const fine = (output) => ({ passed: 1, failed: 0, output });
/** @param {string} output */
const wrong = (output) => ({ passed: 0, failed: 1, output });
