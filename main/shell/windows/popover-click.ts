import type { Clock } from '../../base/ports.js';

/** Between the popover losing the focus to a click on the tray icon and the click itself. */
const sameClickMs = 300;

/**
 * Whether a click on the tray icon asks for the popover. The click that takes the focus from an open popover has
 * just hidden it: it is not meant to show it again.
 */
export class PopoverClick {
  readonly #clock: Clock;
  #hiddenAt = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hidden(): void {
    this.#hiddenAt = this.#clock.now();
  }

  /** False where the same click has just hidden it. */
  asksForIt(): boolean {
    return this.#clock.now() - this.#hiddenAt >= sameClickMs;
  }
}
