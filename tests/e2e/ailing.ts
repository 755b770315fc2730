/** Servers of the sandbox that something keeps from running, and the help that the main window has for them. */
import type { Locator, Page } from '@playwright/test';
import type { FixKind } from '../../bridge/schema/fix-its.js';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { MainWindow, ServerWindow } from './pages.js';
import { expect, within } from './perch.js';

const noticeMs = 3000;

function isSoonVisible(notice: Locator): Promise<boolean> {
  return notice.waitFor({ timeout: noticeMs }).then(
    () => true,
    () => false,
  );
}

interface Looked {
  readonly state: string;
  readonly image: string;
  readonly values: Readonly<Record<string, string>>;
}

export class Ailing {
  readonly #sandbox: SandboxProcess;
  readonly #main: MainWindow;
  readonly #server: ServerWindow;
  readonly #dialog: Locator;
  readonly #open: Locator;
  readonly banner: Locator;

  constructor(page: Page, sandbox: SandboxProcess) {
    this.#sandbox = sandbox;
    this.#main = new MainWindow(page);
    this.#server = new ServerWindow(page);
    this.#dialog = page.getByTestId('fix-it-dialog');
    this.#open = page.getByTestId('fix-it-open');
    this.banner = page.getByTestId('fix-it');
  }

  uuidOf(name: string): string {
    return this.#sandbox.servers.find((each) => each.name === name)?.uuid ?? '';
  }

  /** What is true of it, past Perch. */
  async look(name: string): Promise<Looked> {
    const order = { do: 'look', server: this.uuidOf(name) };
    return ((await this.#sandbox.control(order)) as { result: Looked }).result;
  }

  /** From its next start on, the server suffers from this. */
  async ail(name: string, kind: FixKind): Promise<void> {
    await this.#main.openServer(name);
    await expect(this.#main.state).toContainText('running', { timeout: 20_000 });
    await this.#main.sendCommand(`ail ${kind}`);
    await expect(this.#main.state).not.toContainText('running');
  }

  /** What it suffers from is told, once the node, or the person, has started it again; then the help is open. */
  async help(name: string, kind: FixKind, says: RegExp): Promise<void> {
    const { state: shown } = this.#main;
    await this.#main.openServer(name);
    await within(45_000, `the help for ${name}`, async () => {
      const { state } = await this.look(name);
      // The node was allowed to start it once more, a minute after it last did, and that start went well.
      if (state === 'running' && (await shown.innerText()).includes('running')) await this.ail(name, kind);
      if (state !== 'offline') return undefined;
      // The notice comes once the end is known to be one, and once the last lines are there.
      if (await isSoonVisible(this.banner)) return true;
      const start = this.#server.power('start');
      if (await start.isEnabled()) await start.click();
      return undefined;
    });
    await expect(this.banner).toContainText(says);
    await this.#open.click();
    const announced = '[aria-live], [role=status], [role=alert]';
    expect(await this.#dialog.evaluate((it, of) => it.closest(of), announced)).toBeNull();
  }

  async isCured(name: string): Promise<void> {
    await expect.poll(async () => (await this.look(name)).state, { timeout: 30_000 }).toBe('running');
    await expect(this.#main.state).toContainText('running');
    await expect(this.banner).toBeHidden();
  }
}
