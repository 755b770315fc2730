/**
 * What a person sends to a server: signals and commands, and what becomes of them (PROTOCOL 4.4, 4.10, 4.11).
 *
 * A token that is void shows only at the next event or message, and a stopped server has no events (PROTOCOL 4.7): so
 * it is often the person's own message that the node refuses. It does nothing of such a message, which is why a signal
 * may be sent once more with the next token. Commands never are, and none waits for a token: what the person does
 * meanwhile goes another way at once, and an older command that followed behind it could undo it.
 */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { SessionListener } from './api.js';
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
import { SentSignal } from './sent-signal.js';

/** Newer Wings closes the socket on a frame above 4,096 bytes (PROTOCOL 4.10). */
const longestCommandFrame = 4000;
/** A refusal comes at once, or after 20 to 30 s where the node cannot reach the panel (PROTOCOL 4.6). */
const signalAnswerMs = 40_000;
/** What a node drops, or refuses for its token, it tells of at once: something sent longer ago was not meant. */
const promptMs = 3000;
/**
 * How long a signal waits for a new token: nothing may happen that somebody wanted long ago. Together with `promptMs`
 * it is less than the 15 s after which the fleet says that nothing happened.
 */
const patienceMs = 7000;

/** What was not read by then is late. */
const lateMs = 1500;

export interface OutgoingDeps {
  clock: Clock;
  listener: Pick<SessionListener, 'notice' | 'signalRead' | 'unsure'>;
  /** The connection is live and its token allows this. */
  may: (permission: string) => boolean;
  /** `read` is called once the node has read it. */
  send: (event: string, args: readonly string[], read: () => void) => void;
}

export class Outgoing {
  readonly #deps: OutgoingDeps;
  readonly #signal: SentSignal;
  readonly #commands: CommandQueue;
  readonly #patience: Alarm;
  /** Until when the signal waits for a new token; null where it does not. */
  #waitsUntil: number | null = null;

  constructor(deps: OutgoingDeps) {
    this.#deps = deps;
    this.#patience = new Alarm(deps.clock);
    this.#signal = new SentSignal(deps);
    this.#commands = new CommandQueue(deps.clock, (command, read) => {
      const may = deps.may('control.console');
      if (may) deps.send('send command', [command], read);
      else this.#dropCommands(voidToken);
      return may;
    });
  }

  /** False where it has to go another way. */
  power(signal: PowerSignal): boolean {
    return this.#signal.send(signal);
  }

  /** False where it has to go another way. */
  command(command: string): boolean {
    if (!this.#deps.may('control.console')) {
      this.#dropCommands(voidToken);
      return false;
    }
    const size = new TextEncoder().encode(encodeFrame('send command', [command])).length;
    return size < longestCommandFrame && this.#commands.push(command);
  }

  isUnread(command: string): boolean {
    return this.#commands.isUnread(command, lateMs);
  }

  /** The signal that a refusal may mean. */
  get recentSignal(): PowerSignal | null {
    return this.#signal.within(signalAnswerMs);
  }

  /** Every line of the process: the echo of a command is among them. */
  sawOutput(text: string): void {
    this.#commands.sawOutput(text);
  }

  /** The node sent what it sends to a good token only: what went out before may have been carried out. */
  passed(): void {
    this.#signal.passed();
    this.#commands.passed();
  }

  /** The node refuses what it is sent, because the token is void. Called once per event, so it must be cheap. */
  refused(): void {
    this.#signal.refused(promptMs);
    this.#tellUnsent(this.#commands.refused(promptMs), voidToken);
    if (this.#waitsUntil !== null || !this.#signal.waits) return;
    this.#waitsUntil = this.#deps.clock.now() + patienceMs;
    this.#patience.set(patienceMs, () => this.#giveUpSignal(noToken));
  }

  /** No token is in force, and the next one is asked for only then. */
  tokenAwaited(retryAt: number): void {
    if (this.#waitsUntil !== null && retryAt > this.#waitsUntil) this.#giveUpSignal(noToken);
  }

  /** A new token is in force. */
  renewed(): void {
    // A computer that slept has not run its timers.
    if (this.#deps.clock.now() > (this.#waitsUntil ?? Infinity)) return this.#giveUpSignal(noToken);
    this.#endPatience();
    this.#signal.tryAgain();
  }

  /** The node lost a message of this kind, or one of any kind (`global`), because too much came at once. */
  throttled(event: string): void {
    const { listener } = this.#deps;
    const isAny = event === 'global';
    if (event === 'set state' || (isAny && this.#signal.within(promptMs) !== null)) {
      this.#signal.forget();
      listener.notice(droppedSignalNotice, 'signal');
    }
    if (event !== 'send command' && !isAny) return;
    const last = this.#commands.throttled();
    const recent = last !== null && this.#deps.clock.now() - last.at <= promptMs ? last.command : null;
    if (recent !== null || !isAny) listener.notice(droppedCommandNotice(recent), 'other');
  }

  /** Nothing more goes out, and of what the node was not seen to read nobody knows whether it arrived. */
  disconnected(): void {
    this.#endPatience();
    this.#signal.disconnected(lostConnection);
    const commands = this.#commands.takeUnread();
    this.#dropCommands(lostConnection);
    if (commands.length > 0) this.#deps.listener.unsure({ kind: 'commands', commands });
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
    if (count > 0) this.#deps.listener.notice(unsentNotice(count, why), 'commands');
  }
}
