import type { SoakTime } from '../soak-time.js';

/** The computer's network access. */
export class SoakNetwork {
  /**
   * `unplugged` = the system knows that it is offline; `dead` = the route is broken further away, unknown to the
   * system.
   */
  state: 'up' | 'unplugged' | 'dead' = 'up';
  readonly #time: SoakTime;
  readonly #mended = new Set<() => void>();

  constructor(time: SoakTime) {
    this.#time = time;
  }

  get isUp(): boolean {
    return this.state === 'up' && !this.#time.isAsleep;
  }

  /** Whether the operating system reports a connection. */
  get isOnline(): boolean {
    return this.state !== 'unplugged';
  }

  /** Called each time the connection may work again; returns the unsubscribe function. */
  onMended(run: () => void): () => void {
    this.#mended.add(run);
    return () => void this.#mended.delete(run);
  }

  mended(): void {
    for (const run of [...this.#mended]) run();
  }
}
