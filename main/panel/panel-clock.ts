import type { HttpResponse } from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';

/** The `Date` header has whole seconds, so it is half a second late on average. */
const cutOffMs = 500;

/** Offset of the panel's clock from this computer's clock, from the `Date` header of answers. */
export class PanelClock {
  #aheadMs: number | null = null;

  constructor(private readonly clock: Clock) {}

  /** Negative if the panel's clock is behind; null before the first answer. */
  get aheadMs(): number | null {
    return this.#aheadMs;
  }

  hear({ headers }: HttpResponse): void {
    const told = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(told)) this.#aheadMs = told + cutOffMs - this.clock.wall();
  }
}
