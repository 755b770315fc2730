/** Whether what a process does is the person's own doing: the signal that Perch sent it last. */
import type { Actor } from '../../bridge/schema/events.js';
import type { PowerSignal, PowerState, Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';

/** One that has shown no effect for so long explains nothing any more. */
const worksForMs = 120_000;
/** More than anybody sends before one of them shows. */
const mostSent = 10;

/** How a signal of the person's went out. */
export type Sender = Omit<Extract<Actor, { kind: 'me' }>, 'kind'>;

interface Sent {
  readonly signal: PowerSignal;
  readonly at: number;
  readonly actor: Actor;
}

export class OwnSignal {
  readonly #clock: Clock;
  readonly #senderOf: (serverId: string) => Sender;
  /** It stops for that: however long it takes, and whoever sleeps meanwhile, the end is the person's own. */
  #hasBegun = false;
  /** Until one of them is done; the newest last, and it counts, unless it is refused. */
  #sent: readonly Sent[] = [];

  /** `senderOf` = how the person has sent the signal that a server was just sent. */
  constructor(clock: Clock, senderOf: (serverId: string) => Sender) {
    this.#clock = clock;
    this.#senderOf = senderOf;
  }

  changed(before: Server, { id, pending }: Server): void {
    if (pending === null || pending.since === before.pending?.since) return;
    const actor: Actor = { kind: 'me', ...this.#senderOf(id) };
    this.#sent = [...this.#sent, { signal: pending.signal, at: this.#clock.now(), actor }].slice(-mostSent);
  }

  /** The process is in this state from now on. */
  became(power: PowerState): void {
    this.#hasBegun = power === 'stopping' && this.atWork !== null;
  }

  /** Nobody carries it out. */
  refused(signal: PowerSignal): void {
    const index = this.#sent.findLastIndex((one) => one.signal === signal);
    this.#sent = this.#sent.filter((_, place) => place !== index);
  }

  /** The signal that is at work, and in whose name; null where there is none. */
  get atWork(): { readonly signal: PowerSignal; readonly actor: Actor } | null {
    const last = this.#sent.at(-1);
    if (last === undefined) return null;
    return this.#hasBegun || this.#clock.now() - last.at <= worksForMs ? last : null;
  }

  /** It has done what it was sent for. */
  done(): void {
    this.#sent = [];
    this.#hasBegun = false;
  }
}
