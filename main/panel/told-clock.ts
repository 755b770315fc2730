import type { Clock, HttpResponse } from '../base/ports.js';

/** The panel's header has whole seconds, so it is half a second behind on average. */
const cutOffMs = 500;

/** How far the panel's clock is from this computer's, by the header of its answers. */
export class ToldClock {
  readonly #clock: Clock;
  #aheadMs: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Negative where the panel is behind; null before an answer has told. */
  get aheadMs(): number | null {
    return this.#aheadMs;
  }

  hear({ headers }: HttpResponse): void {
    const told = Date.parse(headers['date'] ?? '');
    if (!Number.isNaN(told)) this.#aheadMs = told + cutOffMs - this.#clock.wall();
  }
}
