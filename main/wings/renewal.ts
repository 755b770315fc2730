/**
 * The tokens of one connection: at most one renewal at a time, with growing pauses, on the socket that is open
 * (PROTOCOL 4.7, 4.8; traps 22, 23).
 */
import { toProblem } from '../../bridge/errors.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';
import { silentFailure, ticketFailure, type Failure } from './failures.js';
import { nodePauses } from './node-pauses.js';
import type { HeldToken } from './token.js';

/** `ending` and `expired` are renewed at once; after `denied` the node needs a second (PROTOCOL 4.8). */
export type RenewalReason = 'ending' | 'expired' | 'denied';

const answerMs = 10_000;
/** Newer nodes take a third token within 5 s for too much (PROTOCOL 4.10). */
const droppedMs = 6000;
export const slowMs = 60_000;
/** Whatever time the panel named, it is looked at again by then: the limit may be gone, and the budget knows it. */
const longestAwaitMs = 100_000;
/**
 * A node that refuses tokens would use up what the panel gives for a server: 5 a minute, for all of its people
 * (PROTOCOL 3.4).
 */
const rejections = { firstMs: 20_000, longestMs: 100_000 };
/** A panel that refuses a renewal once may have meant somebody else: there is time to ask again before the token ends. */
const secondChanceMs = 15_000;
/** A token that holds for this long counts as accepted; before it, the pauses keep growing. */
const stableMs = 60_000;
const shortStableMs = 5000;

/** How long to wait for a time that somebody named: all who were told the same one would come together. */
export function untilAbout(at: number, now: number, random: Random): number {
  const wait = Math.min(Math.max(1000, at - now), longestAwaitMs);
  return Math.round(wait * (1 + random() / 10));
}

/** What the next token waits for. */
export interface Awaited {
  readonly failure: Failure;
  readonly at: number;
  /** The node refused the last one. */
  readonly isRejected: boolean;
}

export interface RenewalDeps {
  clock: Clock;
  random: Random;
  fetch: () => Promise<HeldToken>;
  /** Sends `auth`. */
  send: (token: HeldToken) => void;
  /** A token was refused or not to be had. `retryAt` = null where it is not tried again. */
  failed: (failure: Failure, retryAt: number | null) => void;
}

export class Renewal {
  readonly #deps: RenewalDeps;
  readonly #alarm: Alarm;
  readonly #backOff: BackOff;
  readonly #rejections: BackOff;
  #phase: 'idle' | 'waiting' | 'fetching' | 'sent' = 'idle';
  #sent: HeldToken | null = null;
  #acceptedAt: number | null = null;
  #attempts = 0;
  /** Counts up when what is under way no longer matters. */
  #turn = 0;
  #awaited: Awaited | null = null;
  #reason: RenewalReason = 'ending';

  constructor(deps: RenewalDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
    this.#backOff = nodePauses(deps.random);
    this.#rejections = new BackOff({ ...rejections, spread: (ms) => ms * (1 - deps.random() / 4) });
  }

  /** True while the node has yet to answer a token. */
  get isSent(): boolean {
    return this.#phase === 'sent';
  }

  /** Null where nothing failed. */
  get awaited(): Awaited | null {
    return this.#awaited;
  }

  /** Sends a token that is already there: the first one of a connection. */
  offer(token: HeldToken): void {
    this.#begin('sent');
    this.#sent = token;
    this.#alarm.set(answerMs, () => this.#retry(silentFailure));
    this.#deps.send(token);
  }

  /** Asks for a new token; does nothing while one is under way. */
  request(reason: RenewalReason): void {
    if (this.#phase !== 'idle') return;
    this.#reason = reason;
    if (this.#wasStable(reason)) this.#startOver();
    this.#wait(this.#attempts === 0 ? this.#firstPause(reason) : this.#backOff.next());
  }

  /** The node said `auth success`; answers the token that is now in force. */
  accepted(): HeldToken | null {
    this.#begin('idle');
    this.#acceptedAt = this.#deps.clock.now();
    return this.#sent;
  }

  /** The node refused the token that was sent. */
  rejected(failure: Failure, reason: RenewalReason): void {
    if (this.#phase !== 'sent') return;
    this.#reason = reason;
    if (this.#attempts === 0) this.#tryAgain(failure, this.#firstPause(reason), true);
    else this.#tryAgain(failure, failure.retry === 'slow' ? slowMs : this.#rejections.next(), true);
  }

  /** Asks at once for the token that is waited for. */
  hurry(): void {
    if (this.#phase === 'waiting' && this.#awaited !== null) void this.#fetch();
  }

  /** The token that was sent never arrived: it is sent once more. */
  dropped(): void {
    const token = this.#sent;
    if (this.#phase !== 'sent' || token === null) return;
    this.#begin('waiting');
    this.#alarm.set(droppedMs, () => this.offer(token));
  }

  cancel(): void {
    this.#begin('idle');
  }

  #firstPause(reason: RenewalReason): number {
    return reason === 'denied' ? 1000 + Math.round(this.#deps.random() * 1000) : 0;
  }

  /** Whether the token in force lasted as it should, so that the pauses start over. */
  #wasStable(reason: RenewalReason): boolean {
    if (this.#acceptedAt === null) return false;
    const now = this.#deps.clock.now();
    const age = now - this.#acceptedAt;
    // A token may be short-lived by the panel's choice: near its end it is steady after a few seconds.
    const isNearEnd = this.#sent !== null && now >= this.#sent.renewAt - stableMs;
    return age >= stableMs || (reason === 'ending' && isNearEnd && age >= shortStableMs);
  }

  #startOver(): void {
    this.#attempts = 0;
    this.#backOff.reset();
    this.#rejections.reset();
  }

  #wait(ms: number): void {
    this.#begin('waiting');
    this.#attempts++;
    this.#alarm.set(ms, () => void this.#fetch());
  }

  async #fetch(): Promise<void> {
    const turn = this.#begin('fetching');
    try {
      const token = await this.#deps.fetch();
      if (turn === this.#turn) this.offer(token);
    } catch (error) {
      if (turn === this.#turn) this.#retry(ticketFailure(toProblem(error)));
    }
  }

  #retry(failure: Failure): void {
    const { retry } = failure;
    if (retry === 'refused' && this.#hasSecondChance()) this.#tryAgain(failure, secondChanceMs);
    else if (retry === 'refused') {
      this.#begin('idle');
      this.#deps.failed(failure, null);
    } else if (retry === 'back-off') this.#tryAgain(failure, this.#backOff.next());
    else if (retry === 'slow') this.#tryAgain(failure, slowMs);
    else this.#tryAgain(failure, untilAbout(retry.at, this.#deps.clock.now(), this.#deps.random));
  }

  /** The token in force is good for long enough, and this was the first refusal. */
  #hasSecondChance(): boolean {
    if (this.#reason !== 'ending' || this.#attempts > 1 || this.#sent === null) return false;
    return this.#sent.expiresAt - this.#deps.clock.now() > secondChanceMs;
  }

  #tryAgain(failure: Failure, pauseMs: number, isRejected = false): void {
    const at = this.#deps.clock.now() + pauseMs;
    this.#wait(pauseMs);
    this.#awaited = { failure, at, isRejected };
    this.#deps.failed(failure, at);
  }

  #begin(phase: 'idle' | 'waiting' | 'fetching' | 'sent'): number {
    this.#alarm.clear();
    this.#awaited = null;
    this.#phase = phase;
    return ++this.#turn;
  }
}
