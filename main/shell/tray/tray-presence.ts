import type { Clock, Log } from '../../base/ports.js';
import type { FirstIcon } from './first-icon.js';
import { waitForTrayHost } from './host-check.js';
import type { Tray } from './tray.js';

export interface TrayPresenceDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly tray: Pick<Tray, 'start' | 'stop'>;
  readonly firstIcon: FirstIcon;
  readonly askForHost: () => Promise<boolean>;
  /** Calls once such a host comes; returns the function that ends watching. */
  readonly watchForHost: (came: () => void) => () => void;
  /** There is no icon, or there is one by now. */
  readonly missing: (isSo: boolean) => void;
}

/** Whether Perch stands in the tray. A host that comes later than Perch is used, however late it is. */
export class TrayPresence {
  readonly #deps: TrayPresenceDeps;
  #isShown = false;
  #isStopped = false;
  #stopWatching: () => void = () => undefined;

  constructor(deps: TrayPresenceDeps) {
    this.#deps = deps;
  }

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Takes over the icon that is there already; true where there is one. */
  takeOver(): boolean {
    const { icon } = this.#deps.firstIcon;
    if (icon === null) return false;
    this.#show(icon);
    return true;
  }

  /** Resolves to whether there is an icon after the time that a desktop takes to come up. */
  async wait(): Promise<boolean> {
    const { askForHost, clock, watchForHost, missing } = this.#deps;
    const found = await waitForTrayHost(askForHost, clock);
    if (this.#isStopped) return false;
    if (found) {
      this.#show(null);
      return true;
    }
    missing(true);
    this.#stopWatching = watchForHost(() => this.#show(null));
    return false;
  }

  /** Asked anew, for the host may be gone; an icon that can be shown is shown. */
  async isSafe(): Promise<boolean> {
    const found = await this.#deps.askForHost();
    if (found) this.#show(null);
    return found;
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopWatching();
    this.#deps.tray.stop();
  }

  #show(icon: FirstIcon['icon']): void {
    if (this.#isShown || this.#isStopped) return;
    this.#stopWatching();
    this.#isShown = true;
    this.#deps.tray.start(icon);
    this.#deps.missing(false);
    this.#deps.log.info('tray.shown');
  }
}
