/** Sends commands one at a time, because Wings handles messages concurrently and may reorder them (PROTOCOL 4.3). */
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** Ms to wait for the echo. The terminal echoes a command within a few ms, but programs can turn the echo off. */
const echoMs = 250;
/**
 * Token bucket below the node's limits. Newer Wings drops commands above a burst of 10 and 1 per second, and messages
 * of any kind above a burst of 10 and 5 per second (PROTOCOL 4.10).
 * This pace leaves room for the messages of a new connection and for a power signal.
 */
const usualPace = { burst: 6, refillMs: 1100 };
/**
 * Longest pause in ms between commands. After a dropped command the burst is 1, and the pause doubles with each drop.
 */
const slowestMs = 10_000;
const mostWaiting = 50;

export class CommandQueue {
  /** Set while the next command waits for an echo or for the rate limit. */
  readonly #turn: Alarm;
  readonly #waiting: string[] = [];
  /** Times of sent commands that the node has not yet accepted or refused. */
  #unprovenAt: number[] = [];
  /** Sent commands without proof of arrival: neither a pong for the ping after the command nor an echo. */
  #unread: { readonly command: string; readonly at: number }[] = [];
  #awaited: string | null = null;
  #last: { command: string; at: number } | null = null;
  #pace = usualPace;
  #credit = usualPace.burst;
  #creditAt: number;

  /**
   * `send` returns false if nothing can be sent any more, and drops the queue.
   * `read` is called once the node has read the command.
   */
  constructor(
    private readonly clock: Clock,
    private readonly send: (command: string, read: () => void) => boolean,
  ) {
    this.#turn = new Alarm(clock);
    this.#creditAt = clock.now();
  }

  /** Queues a command. Returns false if the queue is full. */
  push(command: string): boolean {
    if (this.#waiting.length >= mostWaiting) return false;
    this.#waiting.push(command);
    if (!this.#turn.isSet) this.#next();
    return true;
  }

  /** Checks every output line of the process for the echo of the last command. */
  sawOutput(text: string): void {
    if (this.#awaited === null || text !== this.#awaited) return;
    this.#awaited = null;
    // The node reads commands in order, so an echo also proves that earlier commands arrived.
    this.#unread = [];
    this.#next();
  }

  /** The node accepts the token: commands sent so far may have been carried out, with or without an echo. */
  passed(): void {
    this.#unprovenAt = [];
  }

  /**
   * The node refuses every message, and reports each refusal within `withinMs`. Drops the queue and returns the number
   * of refused and dropped commands.
   */
  refused(withinMs: number): number {
    const now = this.clock.now();
    const refused = this.#unprovenAt.filter((at) => now - at < withinMs).length;
    this.#unread = this.#unread.filter(({ at }) => now - at >= withinMs);
    return refused + this.clear();
  }

  /** The node dropped a command: slows down the queue. Returns the last command and when it was sent. */
  throttled(): { command: string; at: number } | null {
    this.#pace = { burst: 1, refillMs: Math.min(slowestMs, this.#pace.refillMs * 2) };
    this.#credit = 0;
    this.#creditAt = this.clock.now();
    // The node does not say which command it dropped (PROTOCOL 4.10), and the user already gets a notice.
    this.#unprovenAt = [];
    return this.#last;
  }

  /** Drops the queue and returns the number of dropped commands. */
  clear(): number {
    this.#turn.clear();
    this.#awaited = null;
    this.#last = null;
    this.#unprovenAt = [];
    return this.#waiting.splice(0).length;
  }

  /** True if the command was sent at least `forMs` ago without proof of arrival. */
  isUnread(command: string, forMs: number): boolean {
    const before = this.clock.now() - forMs;
    return this.#unread.some((sent) => sent.command === command && sent.at <= before);
  }

  /** Returns and forgets the commands that may or may not have arrived. */
  takeUnread(): string[] {
    return this.#unread.splice(0).map(({ command }) => command);
  }

  #next(): void {
    this.#turn.clear();
    this.#refill();
    if (this.#waiting.length > 0 && this.#credit < 1) {
      this.#turn.set(this.#creditAt + this.#pace.refillMs - this.clock.now(), () => this.#next());
      return;
    }
    const [command] = this.#waiting;
    if (command === undefined) return;
    this.#turn.set(echoMs, () => {
      this.#awaited = null;
      this.#next();
    });
    const at = this.clock.now();
    const sent = { command, at };
    const read = (): void => {
      this.#unread = this.#unread.filter((each) => each !== sent);
    };
    if (!this.send(command, read)) return;
    this.#waiting.shift();
    this.#credit--;
    this.#unread.push(sent);
    this.#last = sent;
    this.#unprovenAt.push(at);
    // A multi-line command is echoed line by line; the first line proves arrival.
    this.#awaited = command.split('\n', 1)[0] ?? command;
  }

  #refill(): void {
    const { burst, refillMs } = this.#pace;
    const gained = Math.floor((this.clock.now() - this.#creditAt) / refillMs);
    if (gained <= 0) return;
    this.#credit = Math.min(burst, this.#credit + gained);
    this.#creditAt = this.#credit === burst ? this.clock.now() : this.#creditAt + gained * refillMs;
  }
}
