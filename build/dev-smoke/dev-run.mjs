import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright';
import { until } from '../../tests/support/desktop/processes.mjs';

/** Runs `npm run dev -- --demo` in a folder without a display, as at a terminal. */
export class DevRun {
  /** @param {string} folder */
  constructor(folder) {
    /** Variable in the environment of every process that it starts. */
    this.mark = `PERCH_DEV_SMOKE=${randomUUID()}`;
    const [name = '', value] = this.mark.split('=');
    const env = { ...process.env, [name]: value, DISPLAY: '', WAYLAND_DISPLAY: '' };
    this.child = spawn(
      process.execPath,
      [join(folder, 'build', 'dev.mjs'), '--demo', '--remote-debugging-port=0'],
      // A process group of its own, to which Ctrl+C is sent.
      { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.said = '';
    for (const pipe of [this.child.stdout, this.child.stderr]) {
      pipe.on('data', (chunk) => (this.said += String(chunk)));
    }
    /** @type {Promise<number | null>} */
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
  }

  /**
   * Main window of the `count`th start of Electron.
   *
   * @param {number} count
   * @param {number} timeoutMs
   */
  async mainWindow(count, timeoutMs) {
    const addresses = () => [...this.said.matchAll(/DevTools listening on (ws:\S+)/g)].map(([, url]) => url);
    await until(async () => addresses().length >= count, { what: `start ${count} of Electron`, timeoutMs });
    const browser = await chromium.connectOverCDP(addresses()[count - 1] ?? '');
    const main = () =>
      browser
        .contexts()
        .flatMap((context) => context.pages())
        .find((page) => page.url().includes('/main.html'));
    await until(async () => main() !== undefined, { what: 'the main window', timeoutMs });
    return /** @type {import('playwright').Page} */ (main());
  }

  /**
   * @param {string} text
   * @param {number} timeoutMs
   */
  async says(text, timeoutMs) {
    await until(async () => this.said.includes(text), { what: `"${text}" in the output`, timeoutMs });
  }

  /** Sends the signal of Ctrl+C. */
  interrupt() {
    this.send('SIGINT');
  }

  /**
   * Ends a failed run without leaving a process.
   *
   * @param {number} withinMs
   */
  async end(withinMs) {
    this.send('SIGTERM');
    const waiting = new AbortController();
    const late = sleep(withinMs, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([this.ended, late]);
    waiting.abort();
    for (const pid of this.left()) process.kill(Number(pid), 'SIGKILL');
  }

  /** @param {NodeJS.Signals} signal */
  send(signal) {
    if (this.child.exitCode === null && this.child.pid) process.kill(-this.child.pid, signal);
  }

  /** Running processes that this run has started. */
  left() {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(this.mark);
      } catch {
        // The process has ended, or belongs to somebody else.
        return false;
      }
    });
  }
}
