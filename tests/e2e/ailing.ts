/** Servers of the sandbox with a fault that stops them from running, and the main window's help for each fault. */
import type { Locator, Page } from '@playwright/test';
import type { FixKind } from '../../bridge/schema/fix-its.js';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { MainWindow, ServerWindow } from './pages.js';
import { expect, within } from './perch.js';

const noticeMs = 3000;
/** Time limit of a press, in ms: the node may start the server at that moment, which blocks the button. */
const pressMs = 5000;

function isSoonVisible(notice: Locator): Promise<boolean> {
  return notice.waitFor({ timeout: noticeMs }).then(
    () => true,
    () => false,
  );
}

interface ServerFacts {
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

  /** The true state, read from the sandbox. */
  async serverState(name: string): Promise<ServerFacts> {
    const order = { do: 'look', server: this.uuidOf(name) };
    return ((await this.#sandbox.control(order)) as { result: ServerFacts }).result;
  }

  /** Gives the server this fault from its next start on. */
  async ail(name: string, kind: FixKind): Promise<void> {
    await this.#main.openServer(name);
    await expect(this.#main.state).toContainText('running', { timeout: 40_000 });
    await this.#main.sendCommand(`ail ${kind}`);
    await expect(this.#main.state).not.toContainText('running');
  }

  /** The fault is reported after the node or the person has restarted the server; then the help opens. */
  async help(name: string, kind: FixKind, says: RegExp): Promise<void> {
    const { state: shown } = this.#main;
    await this.#main.openServer(name);
    await within(120_000, `the help for ${name}`, async () => {
      const { state } = await this.serverState(name);
      // The node has restarted the server without the fault, as it may a minute after its last restart.
      if (state === 'running' && (await shown.innerText()).includes('running')) await this.ail(name, kind);
      if (state !== 'offline') return undefined;
      // The notice appears once the end is confirmed and the last console lines have arrived.
      if (await isSoonVisible(this.banner)) return true;
      await this.start();
      return undefined;
    });
    await expect(this.banner).toContainText(says);
    await this.#open.click();
    const announced = '[aria-live], [role=status], [role=alert]';
    expect(await this.#dialog.evaluate((it, of) => it.closest(of), announced)).toBeNull();
  }

  /** Starts the shown server, unless its node is doing so. */
  async start(): Promise<void> {
    const start = this.#server.power('start');
    if (await start.isEnabled()) await start.click({ timeout: pressMs }).catch(() => undefined);
  }

  async isCured(name: string): Promise<void> {
    await expect.poll(async () => (await this.serverState(name)).state, { timeout: 30_000 }).toBe('running');
    await expect(this.#main.state).toContainText('running');
    await expect(this.banner).toBeHidden();
  }
}
