/** The power signal that was sent last, and what the node made of it (PROTOCOL 4.4, 4.8, 4.11). */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { powerPermission } from '../../bridge/panel/permissions.js';
import type { Sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { SessionListener } from './api.js';
import { lostPermission, refusedAgain, undoneSignalNotice } from './notices.js';

/**
 * `sent` = nothing was heard since; `passed` = the node accepted the token at some time after it was sent, so it may
 * have been carried out; `refused` = it waits for a new token.
 */
type Fate = 'sent' | 'passed' | 'refused';

export interface SentSignalDeps {
  clock: Clock;
  listener: Pick<SessionListener, 'notice' | 'signalRead' | 'unsure'>;
  /** The connection is live and its token allows this. */
  may: (permission: string) => boolean;
  /** `read` is called once the node has read it. */
  send: (event: string, args: readonly string[], read: () => void) => void;
}

interface Sent {
  readonly signal: PowerSignal;
  readonly at: number;
  readonly isSecondTry: boolean;
  fate: Fate;
  /** The node has read it, whatever it makes of it. */
  isRead: boolean;
}

export class SentSignal {
  readonly #deps: SentSignalDeps;
  #last: Sent | null = null;

  constructor(deps: SentSignalDeps) {
    this.#deps = deps;
  }

  /** True while it waits for a new token. */
  get waits(): boolean {
    return this.#last?.fate === 'refused';
  }

  /** False where it has to go another way. */
  send(signal: PowerSignal): boolean {
    // A waiting signal is outdated, whichever way the new one goes: it must not be sent after it.
    if (this.waits) this.#last = null;
    if (!this.#deps.may(powerPermission(signal))) return false;
    this.#go(signal, false);
    return true;
  }

  /** The signal, where it was sent this recently and is not known to be refused. */
  within(ms: number): PowerSignal | null {
    const last = this.#last;
    if (last === null || last.fate === 'refused') return null;
    return this.#deps.clock.now() - last.at < ms ? last.signal : null;
  }

  /** The node accepts the token: the signal may have been carried out. */
  passed(): void {
    if (this.#last !== null) this.#last.fate = 'passed';
  }

  /** The node refuses every message, and tells so within this time of each. */
  refused(withinMs: number): void {
    const last = this.#last;
    if (last?.fate !== 'sent' || this.#deps.clock.now() - last.at >= withinMs) return;
    last.fate = 'refused';
    if (last.isSecondTry) this.giveUp(refusedAgain);
  }

  /** A new token is in force: what the node refused to carry out with the old one is sent once more, and only once. */
  tryAgain(): void {
    const last = this.#last;
    if (last?.fate !== 'refused') return;
    const permission = powerPermission(last.signal);
    if (this.#deps.may(permission)) this.#go(last.signal, true);
    else this.giveUp(lostPermission(permission));
  }

  /** It no longer waits for a new token. */
  giveUp(why: Sentence): void {
    const last = this.#last;
    if (last?.fate !== 'refused') return;
    this.#last = null;
    this.#deps.listener.notice(undoneSignalNotice(last.signal, why), 'signal');
  }

  forget(): void {
    this.#last = null;
  }

  /** The connection is gone. A signal that the node was not seen to read may have been carried out. */
  disconnected(why: Sentence): void {
    this.giveUp(why);
    const last = this.#last;
    this.#last = null;
    if (last?.isRead === false) this.#deps.listener.unsure({ kind: 'signal', signal: last.signal });
  }

  #go(signal: PowerSignal, isSecondTry: boolean): void {
    const sent: Sent = { signal, at: this.#deps.clock.now(), isSecondTry, fate: 'sent', isRead: false };
    this.#last = sent;
    this.#deps.send('set state', [signal], () => {
      sent.isRead = true;
      if (this.#last === sent) this.#deps.listener.signalRead();
    });
  }
}
