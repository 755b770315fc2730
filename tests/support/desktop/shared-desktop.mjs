import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startDesktop } from './desktop.mjs';
import { homeFolders } from './home-folders.mjs';

/** @typedef {import('./session.mjs').Desktop} Desktop */

/**
 * One desktop session for many tests, each of which finds the session empty: folders of its own, no notification, no
 * secret. A session whose programs a test ended, locked or added to is replaced by a new one.
 */
export class SharedDesktop {
  /** @type {Desktop | null} */
  #desktop = null;
  /** State that the session had when it was new, as text. */
  #asNew = '';

  /** @returns {Promise<Desktop>} the session for one test */
  async take() {
    if (this.#desktop === null) {
      this.#desktop = await startDesktop();
      this.#asNew = await stateOf(this.#desktop);
    }
    const desktop = this.#desktop;
    desktop.folder = mkdtempSync(join(desktop.root, 'test-'));
    desktop.env = { ...desktop.ownEnv, ...homeFolders(desktop.folder) };
    return desktop;
  }

  /** Empties the session after a test. All programs of the test have ended. */
  async giveBack() {
    const desktop = this.#desktop;
    if (desktop === null) return;
    desktop.thawDaemon();
    desktop.thawKeyring();
    const isAsNew = await stateOf(desktop).then(
      (state) => state === this.#asNew,
      () => false,
    );
    if (!isAsNew) return this.stop();
    await desktop.agent.ask('empty');
    // A process of the ended application may still write for a moment, so the removal retries.
    await rm(desktop.folder, { recursive: true, force: true, maxRetries: 20 });
  }

  async stop() {
    const desktop = this.#desktop;
    this.#desktop = null;
    await desktop?.stop();
  }
}

/** @param {Desktop} desktop */
async function stateOf(desktop) {
  const programs = desktop.processes.children.map(({ pid }) => pid);
  return JSON.stringify([programs, await desktop.agent.ask('state')]);
}
