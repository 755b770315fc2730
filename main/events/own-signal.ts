/** Whether the user's last signal explains what the process does. */
import type { Actor } from '../../bridge/schema/events.js';
import type { PowerSignal, PowerState, Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';

/** A signal without effect for this time explains nothing any more. */
const worksForMs = 120_000;
/** More signals than a user sends before one takes effect. */
const mostSent = 10;

/** How the user sent a signal. */
export type Sender = Omit<Extract<Actor, { kind: 'me' }>, 'kind'>;

interface Sent {
  readonly signal: PowerSignal;
  readonly at: number;
  readonly actor: Actor;
}

export class OwnSignal {
  readonly #clock: Clock;
  readonly #senderOf: (serverId: string) => Sender;
  /**
   * The server is stopping because of the signal. Its end is the user's doing, however long it takes, also across a
   * sleep.
   */
  #hasBegun = false;
  /** Signals without effect yet, the newest last. The newest counts unless it is refused. */
  #sent: readonly Sent[] = [];

  /** `senderOf` = how the user sent the latest signal of a server. */
  constructor(clock: Clock, senderOf: (serverId: string) => Sender) {
    this.#clock = clock;
    this.#senderOf = senderOf;
  }

  changed(before: Server, { id, pending }: Server): void {
    if (pending === null || pending.since === before.pending?.since) return;
    const actor: Actor = { kind: 'me', ...this.#senderOf(id) };
    this.#sent = [...this.#sent, { signal: pending.signal, at: this.#clock.now(), actor }].slice(-mostSent);
  }

  /** Notes the new state of the process. */
  became(power: PowerState): void {
    this.#hasBegun = power === 'stopping' && this.atWork !== null;
  }

  /** Forgets a refused signal. */
  refused(signal: PowerSignal): void {
    const index = this.#sent.findLastIndex((one) => one.signal === signal);
    this.#sent = this.#sent.filter((_, place) => place !== index);
  }

  /** The signal that is taking effect and its sender; null if none. */
  get atWork(): { readonly signal: PowerSignal; readonly actor: Actor } | null {
    const last = this.#sent.at(-1);
    if (last === undefined) return null;
    return this.#hasBegun || this.#clock.now() - last.at <= worksForMs ? last : null;
  }

  /** Forgets all signals: they have had their effect. */
  done(): void {
    this.#sent = [];
    this.#hasBegun = false;
  }
}
