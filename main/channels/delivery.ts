import type { AlertChannel, ChannelPost } from '../../bridge/schema/alert-channels.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import { Alarm } from '../base/alarm.js';
import { BackOff, upToHalfLess } from '../base/back-off.js';
import type { Clock, Log, Random } from '../base/ports.js';
import type { Outcome } from './exchange.js';
import type { Outbox } from './outbox.js';

/** Pause between two messages (ms). Telegram and Slack take one message a second. */
const gapMs = 1000;
const firstMs = 5000;
const longestMs = 10 * 60_000;

export interface DeliveryDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly outbox: Outbox;
  /** The channel with its present settings; undefined = the user removed the channel. */
  readonly channel: () => AlertChannel | undefined;
  /** One attempt. Rejects with a problem of the keychain. */
  readonly attempt: (channel: AlertChannel, post: ChannelPost) => Promise<Outcome>;
  /** The state of the channel changed. */
  readonly changed: () => void;
}

/** Sends the messages of one channel, one after the other, until the service has accepted each. */
export class ChannelDelivery {
  readonly #later: Alarm;
  readonly #backOff: BackOff;
  #isSending = false;
  #isStopped = false;
  /** Monotonic time before which the service wants no message. */
  #notBefore = -Infinity;
  /** Why the last attempt failed; null = it did not. */
  problem: Problem | null = null;

  constructor(private readonly deps: DeliveryDeps) {
    this.#later = new Alarm(deps.clock);
    this.#backOff = new BackOff({ firstMs, longestMs, spread: upToHalfLess(deps.random) });
  }

  /** A message came, or the settings changed. An attempt that waits for its time stays. */
  look(): void {
    if (!this.#later.isSet) this.#begin();
  }

  /** Tries at once instead of after the pause between attempts. A pause that the service asked for stays. */
  hurry(): void {
    if (!this.#later.isSet) return;
    this.#later.clear();
    this.#begin();
  }

  /** The person wants another attempt of a paused channel. */
  resume(): void {
    this.problem = null;
    this.#backOff.reset();
    this.#notBefore = -Infinity;
    this.#later.clear();
    this.#begin();
  }

  stop(): void {
    this.#isStopped = true;
    this.#later.clear();
  }

  #begin(): void {
    if (this.#isSending || this.#isStopped) return;
    const wait = this.#notBefore - this.deps.clock.now();
    if (wait > 0) this.#later.set(wait, () => this.#begin());
    else void this.#send();
  }

  async #send(): Promise<void> {
    const { outbox, channel: current } = this.deps;
    const channel = current();
    if (channel?.isOn !== true || outbox.recordOf(channel.id).paused !== null) return;
    const post = outbox.next(channel.id);
    if (post === null) return this.deps.changed();
    this.#isSending = true;
    outbox.begin(post);
    const outcome = await this.deps.attempt(channel, post).catch(ofError);
    this.#isSending = false;
    this.#note(channel.id, post, outcome);
    this.deps.changed();
  }

  #note(channelId: string, post: ChannelPost, outcome: Outcome): void {
    const { clock, log, outbox } = this.deps;
    this.problem = outcome.is === 'taken' ? null : outcome.problem;
    if (outcome.is === 'later' || outcome.is === 'refused') outbox.failed(post);
    if (outcome.is === 'later') {
      const pause = this.#backOff.next();
      this.#notBefore = outcome.afterMs === null ? -Infinity : clock.now() + outcome.afterMs;
      log.info('channels.later', { code: outcome.problem.code, failures: this.#backOff.failures });
      if (!this.#isStopped) this.#later.set(Math.max(pause, outcome.afterMs ?? 0), () => this.#begin());
      return;
    }
    if (outcome.is === 'refused') {
      log.warn('channels.paused', { code: outcome.problem.code });
      return outbox.pause(channelId, outcome.problem);
    }
    this.#backOff.reset();
    if (outcome.is === 'taken') outbox.taken(post, outcome.reference);
    else {
      log.warn('channels.refused', { code: outcome.problem.code });
      outbox.drop(post, 'refused');
    }
    this.#notBefore = clock.now() + gapMs;
    this.#begin();
  }
}

/** The keychain is locked or silent, which may end; without the secret the channel is refused. */
export function ofError(error: unknown): Outcome {
  const problem = toProblem(error);
  return problem.code === 'unauthorized'
    ? { is: 'refused', problem }
    : { is: 'later', afterMs: null, problem };
}
