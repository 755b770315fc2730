import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** Often enough that a socket is tried again soon after the cable is back; the question costs nothing. */
const everyMs = 5000;

/** Notices that the network is back. Only "no network at all" is to be believed (PLATFORM, "Life"). */
export class OnlineWatch {
  readonly #alarm: Alarm;
  readonly #isOnline: () => boolean;
  readonly #onOnline: () => void;
  #wasOnline = true;

  constructor(deps: { clock: Clock; isOnline: () => boolean; onOnline: () => void }) {
    this.#alarm = new Alarm(deps.clock);
    this.#isOnline = deps.isOnline;
    this.#onOnline = deps.onOnline;
  }

  start(): void {
    this.#wasOnline = this.#isOnline();
    this.#look();
  }

  stop(): void {
    this.#alarm.clear();
  }

  #look(): void {
    this.#alarm.set(everyMs, () => {
      const online = this.#isOnline();
      const isBack = online && !this.#wasOnline;
      this.#wasOnline = online;
      this.#look();
      if (isBack) this.#onOnline();
    });
  }
}
