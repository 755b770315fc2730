/** Whether what a process does is the person's own doing: the signal that Perch sent it last. */
import type { Actor } from '../../bridge/events.js';
import type { PowerSignal, PowerState, Server } from '../../bridge/domain.js';
import type { Clock } from '../base/ports.js';

/** One that has shown no effect for so long explains nothing any more. */
const worksForMs = 120_000;

export class OwnSignal {
  readonly #clock: Clock;
  readonly #isBulk: (serverId: string) => boolean;
  /** It stops for that: however long it takes, and whoever sleeps meanwhile, the end is the person's own. */
  #hasBegun = false;
  #last: { readonly signal: PowerSignal; readonly at: number; readonly actor: Actor } | null = null;

  /** `isBulk` = whether the signal that a server was just sent is one of a bulk action. */
  constructor(clock: Clock, isBulk: (serverId: string) => boolean) {
    this.#clock = clock;
    this.#isBulk = isBulk;
  }

  changed(before: Server, { id, pending }: Server): void {
    if (pending === null || pending.since === before.pending?.since) return;
    const actor: Actor = { kind: 'me', bulk: this.#isBulk(id) };
    this.#last = { signal: pending.signal, at: this.#clock.now(), actor };
  }

  /** The process is in this state from now on. */
  became(power: PowerState): void {
    this.#hasBegun = power === 'stopping' && this.atWork !== null;
  }

  /** The signal that is at work, and in whose name; null where there is none. */
  get atWork(): { readonly signal: PowerSignal; readonly actor: Actor } | null {
    if (this.#last === null) return null;
    return this.#hasBegun || this.#clock.now() - this.#last.at <= worksForMs ? this.#last : null;
  }

  /** It has done what it was sent for. */
  done(): void {
    this.#last = null;
    this.#hasBegun = false;
  }
}
