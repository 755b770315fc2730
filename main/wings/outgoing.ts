/**
 * Sends the user's power signals and commands to a server and tracks their fate (PROTOCOL 4.4, 4.10, 4.11).
 * An invalid token shows only at the next event or message, and a stopped server has no events (PROTOCOL 4.7). So the
 * node often refuses the user's own message, without carrying it out.
 * A refused signal is sent once more with the next token. Commands are never sent again and never wait for a token:
 * later commands go by REST at once, and an older command could undo them.
 */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { CommandQueue } from './command-queue.js';
import { encodeFrame } from './frames.js';
import {
  droppedCommandNotice,
  droppedSignalNotice,
  lostConnection,
  noToken,
  unsentNotice,
  voidToken,
} from './notices.js';
import { UnconfirmedSignal, type OutgoingDeps } from './sent-signal.js';

/** Bytes. Newer Wings closes the socket on a frame above 4,096 bytes (PROTOCOL 4.10). */
const longestCommandFrame = 4000;
/** Ms. A refusal comes at once, or after 20 to 30 s if the node cannot reach the panel (PROTOCOL 4.6). */
const signalAnswerMs = 40_000;
/**
 * Time in ms in which a node reports a message that it dropped or refused. A report that comes later
 * is about another message.
 */
export const promptMs = 3000;
/**
 * Longest time in ms that a signal waits for a new token. With `promptMs` it stays below the 15 s after which the fleet
 * reports that nothing happened.
 */
export const patienceMs = 7000;

/** Ms without proof of arrival after which a command counts as late. */
const lateMs = 1500;

export class Outgoing {
  readonly #signal: UnconfirmedSignal;
  readonly #commands: CommandQueue;
  readonly #patience: Alarm;
  /** Monotonic time at which the waiting signal expires; null if no signal waits. */
  #waitsUntil: number | null = null;

  constructor(private readonly deps: OutgoingDeps) {
    this.#patience = new Alarm(deps.clock);
    this.#signal = new UnconfirmedSignal(deps);
    this.#commands = new CommandQueue(deps.clock, (command, read) => {
      const may = deps.may('control.console');
      if (may) deps.send('send command', [command], read);
      else this.#dropCommands(voidToken);
      return may;
    });
  }

  /** False if the signal must go by REST. */
  power(signal: PowerSignal): boolean {
    return this.#signal.send(signal);
  }

  /** False if the command must go by REST. */
  command(command: string): boolean {
    if (!this.deps.may('control.console')) {
      this.#dropCommands(voidToken);
      return false;
    }
    const size = new TextEncoder().encode(encodeFrame('send command', [command])).length;
    return size < longestCommandFrame && this.#commands.push(command);
  }

  isUnread(command: string): boolean {
    return this.#commands.isUnread(command, lateMs);
  }

  /** The signal that a refusal may be about. */
  get recentSignal(): PowerSignal | null {
    return this.#signal.within(signalAnswerMs);
  }

  /** Checks every output line of the process for command echoes. */
  sawOutput(text: string): void {
    this.#commands.sawOutput(text);
  }

  /** The node sent an event that needs a valid token: earlier messages may have been carried out. */
  passed(): void {
    this.#signal.passed();
    this.#commands.passed();
  }

  /** The node refuses messages because the token is invalid. Runs once per event, so it must be cheap. */
  refused(): void {
    this.#signal.refused(promptMs);
    this.#tellUnsent(this.#commands.refused(promptMs), voidToken);
    if (this.#waitsUntil !== null || !this.#signal.waits) return;
    this.#waitsUntil = this.deps.clock.now() + patienceMs;
    this.#patience.set(patienceMs, () => this.#giveUpSignal(noToken));
  }

  /** No token is in force, and the next request goes out at `retryAt`. */
  tokenAwaited(retryAt: number): void {
    if (this.#waitsUntil !== null && retryAt > this.#waitsUntil) this.#giveUpSignal(noToken);
  }

  /** A new token is in force. */
  renewed(): void {
    // Timers do not run while the computer sleeps.
    if (this.deps.clock.now() > (this.#waitsUntil ?? Infinity)) return this.#giveUpSignal(noToken);
    this.#endPatience();
    this.#signal.tryAgain();
  }

  /** The node dropped a message of this kind, or of any kind (`global`), because of its rate limit. */
  throttled(event: string): void {
    const { tell } = this.deps;
    const isAny = event === 'global';
    if (event === 'set state' || (isAny && this.#signal.within(promptMs) !== null)) {
      this.#signal.forget();
      tell({ kind: 'notice', text: droppedSignalNotice, about: 'signal' });
    }
    if (event !== 'send command' && !isAny) return;
    const last = this.#commands.throttled();
    const recent = last !== null && this.deps.clock.now() - last.at <= promptMs ? last.command : null;
    if (recent !== null || !isAny)
      tell({ kind: 'notice', text: droppedCommandNotice(recent), about: 'other' });
  }

  /** The connection ended. Commands without proof of arrival are reported as unsure. */
  disconnected(): void {
    this.#endPatience();
    this.#signal.disconnected(lostConnection);
    const commands = this.#commands.takeUnread();
    this.#dropCommands(lostConnection);
    if (commands.length > 0) this.deps.tell({ kind: 'unsure', sent: { kind: 'commands', commands } });
  }

  #giveUpSignal(why: Sentence): void {
    this.#endPatience();
    this.#signal.giveUp(why);
  }

  #endPatience(): void {
    this.#patience.clear();
    this.#waitsUntil = null;
  }

  #dropCommands(why: Sentence): void {
    this.#tellUnsent(this.#commands.clear(), why);
  }

  #tellUnsent(count: number, why: Sentence): void {
    if (count > 0) this.deps.tell({ kind: 'notice', text: unsentNotice(count, why), about: 'commands' });
  }
}
