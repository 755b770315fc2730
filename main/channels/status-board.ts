import { createHash } from 'node:crypto';
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { Problem } from '../../bridge/errors.js';
import {
  noBoardRecord,
  type BoardRecord,
  type StatusBoard as BoardSettings,
} from '../../bridge/schema/status-board.js';
import { Alarm } from '../base/alarm.js';
import { BackOff, upToHalfLess } from '../base/back-off.js';
import type { Clock, Log, Random } from '../base/ports.js';
import type { BoardContent } from './board-text.js';
import { ofError } from './delivery.js';
import type { Outcome } from './exchange.js';
import type { Outbox } from './outbox.js';

/** Several changes often come together, so the board waits for the last of them (ms). */
const settleMs = 3000;
/** Pause between two edits because of states (ms). */
const gapMs = 5000;
/** Pause before an edit because of players alone (ms). Discord limits edits of messages older than an hour. */
const calmGapMs = 60_000;
const firstMs = 5000;
const longestMs = 10 * 60_000;
/** Perch makes a deleted message again once in this time (a day, in ms). */
const remakeMs = 24 * 3_600_000;

export interface StatusBoardDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly outbox: Pick<Outbox, 'recordOf' | 'keepBoard' | 'pause'>;
  /** The channel with its present settings; undefined = the user removed the channel. */
  readonly channel: () => AlertChannel | undefined;
  /** null = no servers read so far. */
  readonly content: (board: BoardSettings) => BoardContent | null;
  /** One attempt. Rejects with a problem of the keychain. `edits` = id of the message; null = a new message. */
  readonly attempt: (
    channel: AlertChannel,
    content: BoardContent,
    edits: string | null,
  ) => Promise<Outcome | { readonly is: 'gone' }>;
  readonly changed: () => void;
}

interface Sending {
  readonly channel: AlertChannel;
  readonly record: BoardRecord;
  readonly content: BoardContent;
  readonly hash: string;
}

/** Keeps the message of one channel's status board up to date (CHANNELS "Status board"). */
export class StatusBoard {
  readonly #next: Alarm;
  readonly #backOff: BackOff;
  #isStopped = false;
  /** Monotonic time before which Discord wants no request. */
  #notBefore = -Infinity;
  /** Monotonic time of the last message or edit, and its states. */
  #sentAt = -Infinity;
  #states = '';
  /** Hash of the text that Discord refused. */
  #refused = '';
  isSending = false;
  /** Why the last attempt failed; null = it did not. */
  problem: Problem | null = null;

  constructor(private readonly deps: StatusBoardDeps) {
    this.#next = new Alarm(deps.clock);
    this.#backOff = new BackOff({ firstMs, longestMs, spread: upToHalfLess(deps.random) });
  }

  /** The fleet or the settings may have changed. An attempt that waits for its time stays. */
  look(): void {
    if (!this.#next.isSet) this.#wait(settleMs);
  }

  /**
   * The network or the keychain is back: ends the pause between attempts, but not a pause that Discord asked for. Panels
   * need a moment until they answer again.
   */
  hurry(): void {
    if (this.problem !== null) this.#wait(gapMs);
  }

  /** The person wants a message, also after a refusal or a deletion. */
  resume(): void {
    this.problem = null;
    this.#refused = '';
    this.#backOff.reset();
    this.#notBefore = -Infinity;
    this.#wait(0);
  }

  stop(): void {
    this.#isStopped = true;
    this.#next.clear();
  }

  #wait(ms: number): void {
    if (this.isSending || this.#isStopped) return;
    this.#next.set(Math.max(ms, this.#notBefore - this.deps.clock.now()), () => void this.#try());
  }

  async #try(): Promise<void> {
    const { clock, outbox, channel: current } = this.deps;
    const channel = current();
    if (channel?.isOn !== true || channel.board === null) return;
    const { paused, board } = outbox.recordOf(channel.id);
    const record = board ?? noBoardRecord;
    const content = this.deps.content(channel.board);
    if (paused !== null || record.stopped !== null || content === null) return;
    const hash = hashOf(content);
    if (hash === this.#refused) return;
    if (record.reference !== null) {
      if (hash === record.shown) return this.#settled();
      const isCalm = content.states === this.#states && clock.now() - this.#sentAt < calmGapMs;
      if (isCalm) return this.#wait(gapMs);
    }
    this.isSending = true;
    const next = await this.#send({ channel, record, content, hash });
    this.isSending = false;
    this.deps.changed();
    if (next !== null) this.#wait(next);
  }

  /** Resolves with the pause before the next look in ms; null = nothing is to be done. */
  async #send(sending: Sending): Promise<number | null> {
    const { channel, record, content } = sending;
    const { reference } = record;
    if (reference === null) {
      // On disk before the request: after a crash Perch knows that a message may be there, and makes no second one.
      const problem = await this.deps.outbox.keepBoard(channel.id, { ...record, stopped: 'unsure' });
      if (problem !== null) {
        await this.#keep(sending, record);
        return this.#later({ afterMs: null, problem });
      }
    }
    const outcome = await this.deps.attempt(channel, content, reference).catch(ofError);
    return this.#note(sending, outcome);
  }

  async #note(sending: Sending, outcome: Outcome | { readonly is: 'gone' }): Promise<number | null> {
    const { channel, record, content, hash } = sending;
    const { clock, log } = this.deps;
    switch (outcome.is) {
      case 'taken': {
        const reference = outcome.reference ?? record.reference;
        const stopped = reference === null ? 'unsure' : null;
        this.#states = content.states;
        this.#sentAt = clock.now();
        this.#settled();
        await this.#keep(sending, { ...record, reference, stopped, shown: hash, shownAt: clock.wall() });
        return gapMs;
      }
      case 'gone': {
        const { remadeAt } = record;
        const isAgain = remadeAt !== null && clock.wall() - remadeAt < remakeMs;
        log.info('channels.board-deleted', { again: isAgain });
        const gone = { ...record, reference: null, shown: '' };
        if (isAgain) await this.#keep(sending, { ...gone, stopped: 'deleted' });
        else await this.#keep(sending, { ...gone, remadeAt: clock.wall() });
        return isAgain ? null : settleMs;
      }
      case 'later': {
        const { code } = outcome.problem;
        if (record.reference === null && mayHaveArrived(outcome.problem)) {
          log.warn('channels.board-unsure', { code });
          await this.#keep(sending, { ...record, stopped: 'unsure' });
          return null;
        }
        await this.#keep(sending, record);
        return this.#later(outcome);
      }
      case 'refused':
        await this.#keep(sending, record);
        log.warn('channels.paused', { code: outcome.problem.code });
        if (this.deps.channel() !== undefined) this.deps.outbox.pause(channel.id, outcome.problem);
        return null;
      case 'unfit':
        await this.#keep(sending, record);
        log.warn('channels.refused', { code: outcome.problem.code });
        this.problem = outcome.problem;
        this.#refused = hash;
        return gapMs;
    }
  }

  #later({ afterMs, problem }: { readonly afterMs: number | null; readonly problem: Problem }): number {
    const { clock, log } = this.deps;
    const pause = this.#backOff.next();
    this.problem = problem;
    this.#notBefore = afterMs === null ? -Infinity : clock.now() + afterMs;
    log.info('channels.later', { code: problem.code, failures: this.#backOff.failures });
    return Math.max(pause, afterMs ?? 0);
  }

  async #keep({ channel }: Sending, record: BoardRecord): Promise<void> {
    // A removed channel leaves no data.
    if (this.deps.channel() !== undefined) await this.deps.outbox.keepBoard(channel.id, record);
  }

  #settled(): void {
    this.#backOff.reset();
    this.#refused = '';
    if (this.problem === null) return;
    this.problem = null;
    this.deps.changed();
  }
}

/** False if Discord certainly has no message: Perch did not reach Discord, or Discord asked for a pause. */
function mayHaveArrived({ code }: Problem): boolean {
  return !(
    code === 'offline' ||
    code === 'rate-limited' ||
    code === 'tls-untrusted' ||
    code.startsWith('keychain-')
  );
}

function hashOf({ title, body, color }: BoardContent): string {
  return createHash('sha256').update([title, body, color].join('\n')).digest('hex');
}
