import type { PowerState } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock } from '../base/ports.js';

/** Ms of silence before asking. A node reports a running server every second (PROTOCOL 4.4). */
const quietMs = 10_000;
/** Growing pauses in ms between the next questions, until the node answers. */
const again = { firstMs: 10_000, longestMs: 60_000 };

/** Events that a running server sends every second. */
const tellsState: ReadonlySet<string> = new Set(['stats', 'status']);

export interface StateCheckDeps {
  readonly clock: Clock;
  /** The last power state on this connection. */
  power(): PowerState | null;
  /** True while the socket is paused. */
  isHeld(): boolean;
  /** Requests state and usage from the node. */
  ask(): void;
}

/**
 * Asks the node for the state when a running server is silent.
 * An open socket can be silent because its token ended, for example during sleep; the node does not send missed events
 * later (PROTOCOL 4.7). The node then reports the invalid token, and a ping with the question finds a dead connection.
 */
export class StateCheck {
  readonly #alarm: Alarm;
  readonly #pauses = new BackOff(again);
  #heardAt = 0;

  constructor(private readonly deps: StateCheckDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  /** The connection is live. */
  start(): void {
    this.#heardAt = this.deps.clock.now();
    this.#lookIn(quietMs);
  }

  stop(): void {
    this.#alarm.clear();
  }

  /** The node sent an event, which may be a report of the state. */
  heard(event: string): void {
    if (tellsState.has(event)) this.#heardAt = this.deps.clock.now();
  }

  get #expectsFigures(): boolean {
    const { power, isHeld } = this.deps;
    return !isHeld() && (power() === 'running' || power() === 'stopping');
  }

  #lookIn(ms: number): void {
    this.#alarm.set(ms, () => this.#look());
  }

  #look(): void {
    const { clock, ask } = this.deps;
    const quietFor = clock.now() - this.#heardAt;
    if (quietFor < quietMs || !this.#expectsFigures) {
      this.#pauses.reset();
      return this.#lookIn(quietFor < quietMs ? quietMs - quietFor : quietMs);
    }
    this.#lookIn(this.#pauses.next());
    ask();
  }
}
