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
  /** Calls `came` when a tray host appears. Returns the function that ends the watch. */
  readonly watchForHost: (came: () => void) => () => void;
  /** True = the desktop shows no tray icon; false = it shows one now. */
  readonly missing: (isSo: boolean) => void;
}

/** Presence of Perch in the tray. A tray host that starts later is used at any time. */
export class TrayPresence {
  #isShown = false;
  #isStopped = false;
  #stopWatching: () => void = () => undefined;

  constructor(private readonly deps: TrayPresenceDeps) {}

  get isShown(): boolean {
    return this.#isShown;
  }

  /** Takes over the first icon. Returns false without a first icon. */
  takeOver(): boolean {
    const { icon } = this.deps.firstIcon;
    if (icon === null) return false;
    this.#show(icon);
    return true;
  }

  /** Waits for the desktop to start. Resolves with true if there is an icon then. */
  async wait(): Promise<boolean> {
    const { askForHost, clock, watchForHost, missing } = this.deps;
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

  /** Asks for the host again, because it may be gone. Shows the icon if possible. */
  async isSafe(): Promise<boolean> {
    const found = await this.deps.askForHost();
    if (found) this.#show(null);
    return found;
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopWatching();
    this.deps.tray.stop();
  }

  #show(icon: FirstIcon['icon']): void {
    if (this.#isShown || this.#isStopped) return;
    this.#stopWatching();
    this.#isShown = true;
    this.deps.tray.start(icon);
    this.deps.missing(false);
    this.deps.log.info('tray.shown');
  }
}
