import type { Clock } from '../../base/ports.js';

/** Longest time in ms between the popover's loss of focus and the click on the tray icon that caused it. */
const sameClickMs = 300;

/**
 * Decides whether a click on the tray icon opens the popover.
 *
 * A click on the icon takes the focus from an open popover, which hides it. The same click must not open it again.
 */
export class PopoverClick {
  #hiddenAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  hidden(): void {
    this.#hiddenAt = this.clock.now();
  }

  /** False if the same click has just hidden the popover. */
  asksForIt(): boolean {
    return this.clock.now() - this.#hiddenAt >= sameClickMs;
  }
}
