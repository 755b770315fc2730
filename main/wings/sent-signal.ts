/** The last power signal and the node's reaction to it (PROTOCOL 4.4, 4.8, 4.11). */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { powerPermission } from '../../bridge/panel/permissions.js';
import type { Sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { TellSessionEvent } from './api.js';
import { lostPermission, refusedAgain, undoneSignalNotice } from './notices.js';

/**
 * `sent` = no reaction yet; `passed` = the node accepted the token after the signal was sent, so the signal may have
 * been carried out; `refused` = the signal waits for a new token.
 */
type Fate = 'sent' | 'passed' | 'refused';

export interface OutgoingDeps {
  clock: Clock;
  tell: TellSessionEvent;
  /** True if the connection is live and its token grants the permission. */
  may: (permission: string) => boolean;
  /** `read` is called once the node has read the message. */
  send: (event: string, args: readonly string[], read: () => void) => void;
}

interface Sent {
  readonly signal: PowerSignal;
  readonly at: number;
  readonly isSecondTry: boolean;
  fate: Fate;
  /** True once the node has read the signal, carried out or not. */
  isRead: boolean;
}

export class UnconfirmedSignal {
  #last: Sent | null = null;

  constructor(private readonly deps: OutgoingDeps) {}

  /** True while the signal waits for a new token. */
  get waits(): boolean {
    return this.#last?.fate === 'refused';
  }

  /** False if the signal must go by REST. */
  send(signal: PowerSignal): boolean {
    // A new signal replaces a waiting one, by whichever route it goes: the old signal must not follow it.
    if (this.waits) this.#last = null;
    if (!this.deps.may(powerPermission(signal))) return false;
    this.#go(signal, false);
    return true;
  }

  /** The last signal, if it was sent less than `ms` ago and is not known to be refused; otherwise null. */
  within(ms: number): PowerSignal | null {
    const last = this.#last;
    if (last === null || last.fate === 'refused') return null;
    return this.deps.clock.now() - last.at < ms ? last.signal : null;
  }

  /** The node accepts the token: the signal may have been carried out. */
  passed(): void {
    if (this.#last !== null) this.#last.fate = 'passed';
  }

  /** The node refuses every message, and reports each refusal within `withinMs`. */
  refused(withinMs: number): void {
    const last = this.#last;
    if (last?.fate !== 'sent' || this.deps.clock.now() - last.at >= withinMs) return;
    last.fate = 'refused';
    if (last.isSecondTry) this.giveUp(refusedAgain);
  }

  /** A new token is in force: sends a refused signal again, but only once. */
  tryAgain(): void {
    const last = this.#last;
    if (last?.fate !== 'refused') return;
    const permission = powerPermission(last.signal);
    if (this.deps.may(permission)) this.#go(last.signal, true);
    else this.giveUp(lostPermission(permission));
  }

  /** Stops waiting for a new token, and gives the user the reason. */
  giveUp(why: Sentence): void {
    const last = this.#last;
    if (last?.fate !== 'refused') return;
    this.#last = null;
    this.deps.tell({ kind: 'notice', text: undoneSignalNotice(last.signal, why), about: 'signal' });
  }

  forget(): void {
    this.#last = null;
  }

  /** The connection ended. A signal that the node did not confirm reading may have been carried out. */
  disconnected(why: Sentence): void {
    this.giveUp(why);
    const last = this.#last;
    this.#last = null;
    if (last?.isRead === false)
      this.deps.tell({ kind: 'unsure', sent: { kind: 'signal', signal: last.signal } });
  }

  #go(signal: PowerSignal, isSecondTry: boolean): void {
    const sent: Sent = { signal, at: this.deps.clock.now(), isSecondTry, fate: 'sent', isRead: false };
    this.#last = sent;
    this.deps.send('set state', [signal], () => {
      sent.isRead = true;
      if (this.#last === sent) this.deps.tell({ kind: 'signal-read' });
    });
  }
}
