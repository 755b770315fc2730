/** What a person sends to a server: signals and commands, and what becomes of them (PROTOCOL 4.4, 4.10, 4.11). */
import type { PowerSignal } from '../../bridge/domain.js';
import { powerPermission } from '../../bridge/permissions.js';
import type { Clock } from '../ports.js';
import type { SessionListener } from './api.js';
import { CommandQueue } from './command-queue.js';
import { encodeFrame } from './frames.js';
import { droppedCommandNotice, droppedSignalNotice, unsentNotice } from './notices.js';

/** Newer Wings closes the socket on a frame above 4,096 bytes (PROTOCOL 4.10). */
const longestCommandFrame = 4000;
/** A refusal comes at once, or after 20 to 30 s where the node cannot reach the panel (PROTOCOL 4.6). */
const signalAnswerMs = 40_000;
/** What a node drops it tells of at once: something sent longer ago was not meant. */
const droppedMs = 3000;

export interface OutgoingParts {
  clock: Clock;
  listener: Pick<SessionListener, 'notice'>;
  /** The connection is live and its token allows this. */
  may: (permission: string) => boolean;
  send: (event: string, args: readonly string[]) => void;
}

export class Outgoing {
  readonly #parts: OutgoingParts;
  readonly #commands: CommandQueue;
  #lastSignal: { signal: PowerSignal; at: number } | null = null;

  constructor(parts: OutgoingParts) {
    this.#parts = parts;
    this.#commands = new CommandQueue(parts.clock, (command) => {
      if (!parts.may('control.console')) return false;
      parts.send('send command', [command]);
      return true;
    });
  }

  /** False where it has to go another way. */
  power(signal: PowerSignal): boolean {
    const { may, send, clock } = this.#parts;
    if (!may(powerPermission(signal))) return false;
    this.#lastSignal = { signal, at: clock.now() };
    send('set state', [signal]);
    return true;
  }

  /** False where it has to go another way. */
  command(command: string): boolean {
    if (!this.#parts.may('control.console')) return false;
    const size = new TextEncoder().encode(encodeFrame('send command', [command])).length;
    return size < longestCommandFrame && this.#commands.push(command);
  }

  /** The signal that a refusal may mean. */
  get recentSignal(): PowerSignal | null {
    return this.#signalWithin(signalAnswerMs);
  }

  /** Every line of the process: the echo of a command is among them. */
  sawOutput(text: string): void {
    this.#commands.sawOutput(text);
  }

  /** The node lost a message of this kind, or one of any kind (`global`), because too much came at once. */
  throttled(event: string): void {
    const { listener } = this.#parts;
    const isAny = event === 'global';
    if (event === 'set state' || (isAny && this.#signalWithin(droppedMs) !== null))
      listener.notice(droppedSignalNotice, 'signal');
    if (event !== 'send command' && !isAny) return;
    const last = this.#commands.throttled();
    const recent = last !== null && this.#parts.clock.now() - last.at <= droppedMs ? last.command : null;
    if (recent !== null || !isAny) listener.notice(droppedCommandNotice(recent), 'other');
  }

  /** Nothing more goes out; answers what a person has to know of that. */
  disconnected(): string | null {
    this.#lastSignal = null;
    const lost = this.#commands.clear();
    return lost === 0 ? null : unsentNotice(lost);
  }

  #signalWithin(ms: number): PowerSignal | null {
    const last = this.#lastSignal;
    return last !== null && this.#parts.clock.now() - last.at < ms ? last.signal : null;
  }
}
