import type { Problem } from '../../../bridge/errors.js';

/** Pauses of a panel in ms: the shortest, and the default if the panel names none. */
const restMs = { least: 1000, unnamed: 60_000 };

/** Pauses that panels asked for (rate limit), by account, or by server if the limit counts one server only. */
export class PanelPauses {
  readonly #until = new Map<string, number>();

  /** Begins a pause after `rate-limited`. */
  begin(id: string, { retryAt }: Problem, now: number): void {
    this.#until.set(id, Math.max(now + restMs.least, retryAt ?? now + restMs.unnamed));
  }

  /** Ends the pause when the panel is asked again. */
  end(id: string): void {
    this.#until.delete(id);
  }

  clear(): void {
    this.#until.clear();
  }

  /** Account or server -> monotonic time when the panel may be asked again. */
  get until(): ReadonlyMap<string, number> {
    return this.#until;
  }
}
