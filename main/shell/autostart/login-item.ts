import type { App, LoginItemSettingsOptions } from 'electron';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { Autostart } from './autostart.js';

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

/** Name of Perch's entry among the startup programs of Windows; the same as the id for `setAppUserModelId`. */
export const windowsEntry = 'app.perch.Perch';

/**
 * Autostart on macOS and Windows, as a login item.
 *
 * macOS passes no arguments, so Perch asks the system whether it was opened at login.
 */
export class LoginItem implements Autostart {
  readonly #options: LoginItemSettingsOptions;
  readonly #isMac: boolean;

  constructor(
    private readonly app: LoginItems,
    platform: NodeJS.Platform,
    program: string,
  ) {
    this.#isMac = platform === 'darwin';
    this.#options = this.#isMac ? {} : { path: program, args: ['--hidden'] };
  }

  isOn(): Promise<boolean> {
    const { openAtLogin, executableWillLaunchAtLogin } = this.app.getLoginItemSettings(this.#options);
    // Windows has a separate switch for each entry; the entry stays when it is off.
    return Promise.resolve(openAtLogin && (this.#isMac || executableWillLaunchAtLogin));
  }

  async set(on: boolean): Promise<void> {
    this.app.setLoginItemSettings({ ...this.#options, openAtLogin: on });
    if ((await this.isOn()) === on) return;
    const { status } = this.app.getLoginItemSettings(this.#options);
    const next = status === 'requires-approval' ? 'system.autostart-approve' : 'system.autostart-system-next';
    throw new PerchError(newProblem('internal', sentence('system.autostart-failed'), sentence(next)));
  }

  renew(): Promise<void> {
    // macOS finds the application by its id, at any path.
    if (this.#isMac) return Promise.resolve();
    const { launchItems, openAtLogin } = this.app.getLoginItemSettings(this.#options);
    const isElsewhere = launchItems.some(({ name, enabled }) => name === windowsEntry && enabled);
    if (!openAtLogin && isElsewhere) this.app.setLoginItemSettings({ ...this.#options, openAtLogin: true });
    return Promise.resolve();
  }
}
