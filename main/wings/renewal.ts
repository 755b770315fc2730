/**
 * Renews the token of one connection over its open socket: one renewal at a time, with growing pauses (PROTOCOL 4.7,
 * 4.8; traps 22, 23).
 */
import { toProblem } from '../../bridge/errors.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';
import { silentFailure, ticketFailure } from './failures.js';
import type { Failure } from './failure.js';
import { nodePauses } from './node-pauses.js';
import type { HeldToken } from './token.js';

/**
 * Why a renewal starts. `ending` and `expired` start at once; `denied` waits at least 1 s, because the node needs a
 * second (PROTOCOL 4.8).
 */
export type RenewalReason = 'ending' | 'expired' | 'denied';

const answerMs = 10_000;
/** Ms. Newer nodes drop a third token within 5 s (PROTOCOL 4.10). */
const droppedMs = 6000;
export const slowMs = 60_000;
/**
 * Longest wait in ms. A later time from the panel is cut to this wait, because the limit may end early; if it has not,
 * `RateBudget` still blocks the request.
 */
const longestAwaitMs = 100_000;
/**
 * Pauses in ms after rejected tokens. The panel issues 5 tokens a minute per server, shared by all users of the server
 * (PROTOCOL 3.4).
 */
const rejections = { firstMs: 20_000, longestMs: 100_000 };
/** Ms until the second attempt after a first refusal by the panel, which may be temporary. */
const secondChanceMs = 15_000;
/** A token that stays in force this long (ms) resets the pauses. */
const stableMs = 60_000;
const shortStableMs = 5000;

/**
 * Ms to wait until a time that the panel named, plus a random part: sessions with the same time must not all come at
 * once.
 */
export function untilAbout(at: number, now: number, random: Random): number {
  const wait = Math.min(Math.max(1000, at - now), longestAwaitMs);
  return Math.round(wait * (1 + random() / 10));
}

/** Why and until when the next token request waits. */
interface Awaited {
  readonly failure: Failure;
  readonly at: number;
  /** True if the node rejected the last token. */
  readonly isRejected: boolean;
}

export interface RenewalDeps {
  clock: Clock;
  random: Random;
  fetch: () => Promise<HeldToken>;
  /** Sends `auth`. */
  send: (token: HeldToken) => void;
  /** The node rejected a token, or the panel issued none. `retryAt` is null if there is no further attempt. */
  failed: (failure: Failure, retryAt: number | null) => void;
}

export class Renewal {
  readonly #alarm: Alarm;
  readonly #backOff: BackOff;
  readonly #rejections: BackOff;
  #phase: 'idle' | 'waiting' | 'fetching' | 'sent' = 'idle';
  #sent: HeldToken | null = null;
  #acceptedAt: number | null = null;
  #attempts = 0;
  /** Incremented to invalidate running requests. */
  #turn = 0;
  #awaited: Awaited | null = null;
  #reason: RenewalReason = 'ending';

  constructor(private readonly deps: RenewalDeps) {
    this.#alarm = new Alarm(deps.clock);
    this.#backOff = nodePauses(deps.random);
    this.#rejections = new BackOff({ ...rejections, spread: (ms) => ms * (1 - deps.random() / 4) });
  }

  /** True while the node has not answered the sent token. */
  get isSent(): boolean {
    return this.#phase === 'sent';
  }

  /** The failure that blocks token requests of a new connection until some time; null = none. */
  pause(isTokenHeld: boolean): Failure | null {
    if (this.#awaited === null) return null;
    const { failure, at, isRejected } = this.#awaited;
    // Either the panel named the time, or the node rejects tokens: a new connection must not request a token sooner.
    const isBinding = typeof failure.retry === 'object' || (isRejected && !isTokenHeld);
    return isBinding ? { problem: failure.problem, retry: { at } } : null;
  }

  /** Sends a token that the session already holds: the first token of a connection. */
  offer(token: HeldToken): void {
    this.#begin('sent');
    this.#sent = token;
    this.#alarm.set(answerMs, () => this.#retry(silentFailure));
    this.deps.send(token);
  }

  /** Requests a new token. No-op during a renewal. */
  request(reason: RenewalReason): void {
    if (this.#phase !== 'idle') return;
    this.#reason = reason;
    if (this.#wasStable(reason)) this.#startOver();
    this.#wait(this.#attempts === 0 ? this.#firstPause(reason) : this.#backOff.next());
  }

  /** Handles `auth success`. Returns the token now in force. */
  accepted(): HeldToken | null {
    this.#begin('idle');
    this.#acceptedAt = this.deps.clock.now();
    return this.#sent;
  }

  rejected(failure: Failure, reason: RenewalReason): void {
    if (this.#phase !== 'sent') return;
    this.#reason = reason;
    if (this.#attempts === 0) this.#tryAgain(failure, this.#firstPause(reason), true);
    else this.#tryAgain(failure, failure.retry === 'slow' ? slowMs : this.#rejections.next(), true);
  }

  /** Skips the pause after a failed request. */
  hurry(): void {
    if (this.#phase === 'waiting' && this.#awaited !== null) void this.#fetch();
  }

  /** The node dropped the token message: sends the token again. */
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
    return reason === 'denied' ? 1000 + Math.round(this.deps.random() * 1000) : 0;
  }

  /** True if the last token stayed in force long enough to reset the pauses. */
  #wasStable(reason: RenewalReason): boolean {
    if (this.#acceptedAt === null) return false;
    const now = this.deps.clock.now();
    const age = now - this.#acceptedAt;
    // A panel may issue short-lived tokens: near the end of its life a token counts as stable after a few seconds.
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
      const token = await this.deps.fetch();
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
      this.deps.failed(failure, null);
    } else if (retry === 'back-off') this.#tryAgain(failure, this.#backOff.next());
    else if (retry === 'slow') this.#tryAgain(failure, slowMs);
    else this.#tryAgain(failure, untilAbout(retry.at, this.deps.clock.now(), this.deps.random));
  }

  /** True after the first refusal while the token in force remains valid for long enough. */
  #hasSecondChance(): boolean {
    if (this.#reason !== 'ending' || this.#attempts > 1 || this.#sent === null) return false;
    return this.#sent.expiresAt - this.deps.clock.now() > secondChanceMs;
  }

  #tryAgain(failure: Failure, pauseMs: number, isRejected = false): void {
    const at = this.deps.clock.now() + pauseMs;
    this.#wait(pauseMs);
    this.#awaited = { failure, at, isRejected };
    this.deps.failed(failure, at);
  }

  #begin(phase: 'idle' | 'waiting' | 'fetching' | 'sent'): number {
    this.#alarm.clear();
    this.#awaited = null;
    this.#phase = phase;
    return ++this.#turn;
  }
}
