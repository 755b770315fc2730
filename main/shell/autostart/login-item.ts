import type { App, LoginItemSettingsOptions } from 'electron';
import { PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { Autostart } from './autostart.js';

type LoginItems = Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

/** Among the programs that Windows starts, under the id that `setAppUserModelId` has given it. */
export const windowsEntry = 'app.perch.Perch';

/** What macOS and Windows start at login. macOS passes no words on: Perch asks whether it was started so. */
export class LoginItem implements Autostart {
  readonly #app: LoginItems;
  readonly #options: LoginItemSettingsOptions;
  readonly #isMac: boolean;

  constructor(app: LoginItems, platform: NodeJS.Platform, program: string) {
    this.#app = app;
    this.#isMac = platform === 'darwin';
    this.#options = this.#isMac ? {} : { path: program, args: ['--hidden'] };
  }

  isOn(): Promise<boolean> {
    const { openAtLogin, executableWillLaunchAtLogin } = this.#app.getLoginItemSettings(this.#options);
    // Windows has a switch of its own for each entry, which leaves the entry there.
    return Promise.resolve(openAtLogin && (this.#isMac || executableWillLaunchAtLogin));
  }

  async set(on: boolean): Promise<void> {
    this.#app.setLoginItemSettings({ ...this.#options, openAtLogin: on });
    if ((await this.isOn()) === on) return;
    const { status } = this.#app.getLoginItemSettings(this.#options);
    const next = status === 'requires-approval' ? 'system.autostart-approve' : 'system.autostart-system-next';
    throw new PerchError({
      code: 'internal',
      message: sentence('system.autostart-failed'),
      next: sentence(next),
    });
  }

  renew(): Promise<void> {
    // macOS knows the application by its id, wherever it lies.
    if (this.#isMac) return Promise.resolve();
    const { launchItems, openAtLogin } = this.#app.getLoginItemSettings(this.#options);
    const isElsewhere = launchItems.some(({ name, enabled }) => name === windowsEntry && enabled);
    if (!openAtLogin && isElsewhere) this.#app.setLoginItemSettings({ ...this.#options, openAtLogin: true });
    return Promise.resolve();
  }
}
