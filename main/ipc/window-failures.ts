import type { CallInput } from '../../bridge/schema/contract.js';
import type { Clock, Log } from '../base/ports.js';

/**
 * Limit of log lines per minute. A window that fails in a loop must not fill the log; the first failures matter most.
 */
const mostAMinute = 6;
const minuteMs = 60_000;

export interface WindowFailuresDeps {
  readonly log: Log;
  readonly clock: Clock;
}

/**
 * Writes failures of windows to the log, which removes secrets. Above the limit it counts the failures that are left
 * out.
 */
export class WindowFailures {
  #minuteBegan = -Infinity;
  #count = 0;
  #leftOut = 0;

  constructor(private readonly deps: WindowFailuresDeps) {}

  report({ kind, view, message, stack }: CallInput<'window.failed'>): void {
    const { log, clock } = this.deps;
    const now = clock.now();
    if (now - this.#minuteBegan >= minuteMs) {
      this.#minuteBegan = now;
      this.#count = 0;
    }
    if (this.#count >= mostAMinute) {
      this.#leftOut += 1;
      return;
    }
    this.#count += 1;
    const leftOut = this.#leftOut === 0 ? undefined : this.#leftOut;
    this.#leftOut = 0;
    log.error('window.failed', { kind, view, message, stack, leftOut });
  }
}
