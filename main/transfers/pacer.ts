import type { Clock } from '../base/ports.js';

/** Ms that a download may run ahead of the limit, so that it does not wait after every part. */
const sliceMs = 100;

export interface PacerDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Bytes per second for all transfers together; null = no limit. */
  readonly limit: () => number | null;
}

/** Keeps all transfers together below a speed. Whoever waits reads nothing from the network meanwhile. */
export class Pacer {
  /** Monotonic time at which the bytes taken so far are within the limit. */
  #paidAt = 0;

  constructor(private readonly deps: PacerDeps) {}

  /** Takes bytes that have arrived. Returns null if the next part may be read at once. */
  take(bytes: number): Promise<void> | null {
    const { clock, limit } = this.deps;
    const most = limit();
    if (most === null) return null;
    const now = clock.now();
    this.#paidAt = Math.max(this.#paidAt, now) + (bytes / most) * 1000;
    const aheadMs = this.#paidAt - now;
    if (aheadMs < sliceMs) return null;
    return new Promise((resolve) => clock.after(aheadMs, resolve));
  }
}
