import type { PowerState } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock } from '../base/ports.js';

/** A node tells of a running server every second (PROTOCOL 4.4). */
const quietMs = 10_000;
/** It is asked again after so long, and less and less often. */
const again = { firstMs: 10_000, longestMs: 60_000 };

export interface StateCheckDeps {
  readonly clock: Clock;
  /** The last state that this connection told. */
  power(): PowerState | null;
  /** Nothing is read at the moment. */
  isHeld(): boolean;
  /** Asks the node for state and figures. */
  ask(): void;
}

/**
 * A socket can be there and tell nothing: its token has ended, in sleep say, and what happened meanwhile is not sent
 * again (PROTOCOL 4.7). So the node is asked where a running server says nothing; one that objects to the token says
 * so then, and a ping that goes with the question finds a dead wire.
 */
export class StateCheck {
  readonly #deps: StateCheckDeps;
  readonly #alarm: Alarm;
  readonly #pauses = new BackOff(again);
  #heardAt = 0;

  constructor(deps: StateCheckDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
  }

  /** The connection is live. */
  start(): void {
    this.heard();
    this.#lookIn(quietMs);
  }

  stop(): void {
    this.#alarm.clear();
  }

  /** The node has told the state. */
  heard(): void {
    this.#heardAt = this.#deps.clock.now();
  }

  get #expectsFigures(): boolean {
    const { power, isHeld } = this.#deps;
    return !isHeld() && (power() === 'running' || power() === 'stopping');
  }

  #lookIn(ms: number): void {
    this.#alarm.set(ms, () => this.#look());
  }

  #look(): void {
    const { clock, ask } = this.#deps;
    const quietFor = clock.now() - this.#heardAt;
    if (quietFor < quietMs || !this.#expectsFigures) {
      this.#pauses.reset();
      return this.#lookIn(quietFor < quietMs ? quietMs - quietFor : quietMs);
    }
    this.#lookIn(this.#pauses.next());
    ask();
  }
}
