/** Sends commands one after another, because Wings handles messages concurrently and mixes them (PROTOCOL 4.3). */
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** The terminal echoes a command within a few milliseconds of its arrival; a program may have turned that off. */
const echoMs = 250;
/**
 * Newer Wings loses commands beyond 10 at once and one a second, and messages of any kind beyond 10 at once and five a
 * second (PROTOCOL 4.10). This stays below both, with room for the start of a connection and for a signal.
 */
const usualPace = { burst: 6, refillMs: 1100 };
/** A node that drops commands all the same is given one at a time, more slowly each time that it drops one. */
const slowestMs = 10_000;
const mostWaiting = 50;

export class CommandQueue {
  readonly #clock: Clock;
  /** Set while the next command waits for its turn: for an echo, or for credit. */
  readonly #turn: Alarm;
  readonly #send: (command: string, read: () => void) => boolean;
  readonly #waiting: string[] = [];
  /** When those were sent that the node has not yet shown to accept. */
  #unprovenAt: number[] = [];
  /** Sent, and not shown yet to have arrived: neither by an answer to the ping behind it nor by an echo. */
  #unread: { readonly command: string; readonly at: number }[] = [];
  #awaited: string | null = null;
  #last: { command: string; at: number } | null = null;
  #pace = usualPace;
  #credit = usualPace.burst;
  #creditAt: number;

  /**
   * `send` answers false where nothing can be sent any more, and drops what waits: what comes later goes another way.
   * `read` is to be called once the node has read the command.
   */
  constructor(clock: Clock, send: (command: string, read: () => void) => boolean) {
    this.#clock = clock;
    this.#turn = new Alarm(clock);
    this.#send = send;
    this.#creditAt = clock.now();
  }

  /** False when so many are already waiting that another way is better. */
  push(command: string): boolean {
    if (this.#waiting.length >= mostWaiting) return false;
    this.#waiting.push(command);
    if (!this.#turn.isSet) this.#next();
    return true;
  }

  /** Every line of the process: one of them is the echo of the last command. */
  sawOutput(text: string): void {
    if (this.#awaited === null || text !== this.#awaited) return;
    this.#awaited = null;
    // Commands are read in their order.
    this.#unread = [];
    this.#next();
  }

  /** The node accepts the token: what was sent may have been carried out, echo or not. */
  passed(): void {
    this.#unprovenAt = [];
  }

  /**
   * The node refuses every message, and tells so within this time of each. Drops what waits, and answers how many that
   * and the refused ones are.
   */
  refused(withinMs: number): number {
    const now = this.#clock.now();
    const refused = this.#unprovenAt.filter((at) => now - at < withinMs).length;
    this.#unread = this.#unread.filter(({ at }) => now - at >= withinMs);
    return refused + this.clear();
  }

  /** The node dropped a command: what waits goes more slowly from now on. Answers what was sent last, and when. */
  throttled(): { command: string; at: number } | null {
    this.#pace = { burst: 1, refillMs: Math.min(slowestMs, this.#pace.refillMs * 2) };
    this.#credit = 0;
    this.#creditAt = this.#clock.now();
    // Which one it was is not known (PROTOCOL 4.10), and the person has been told of it.
    this.#unprovenAt = [];
    return this.#last;
  }

  /** Drops what was not sent and answers how many that were. */
  clear(): number {
    this.#turn.clear();
    this.#awaited = null;
    this.#last = null;
    this.#unprovenAt = [];
    return this.#waiting.splice(0).length;
  }

  /** It was sent longer ago than this, and nothing shows that it has arrived. */
  isUnread(command: string, forMs: number): boolean {
    const before = this.#clock.now() - forMs;
    return this.#unread.some((sent) => sent.command === command && sent.at <= before);
  }

  /** Those that may or may not have arrived, once. */
  takeUnread(): string[] {
    return this.#unread.splice(0).map(({ command }) => command);
  }

  #next(): void {
    this.#turn.clear();
    this.#refill();
    if (this.#waiting.length > 0 && this.#credit < 1) {
      this.#turn.set(this.#creditAt + this.#pace.refillMs - this.#clock.now(), () => this.#next());
      return;
    }
    const [command] = this.#waiting;
    if (command === undefined) return;
    this.#turn.set(echoMs, () => {
      this.#awaited = null;
      this.#next();
    });
    const at = this.#clock.now();
    const sent = { command, at };
    const read = (): void => {
      this.#unread = this.#unread.filter((each) => each !== sent);
    };
    if (!this.#send(command, read)) return;
    this.#waiting.shift();
    this.#credit--;
    this.#unread.push(sent);
    this.#last = sent;
    this.#unprovenAt.push(at);
    // The echo comes line by line; the first one tells that the command is there.
    this.#awaited = command.split('\n', 1)[0] ?? command;
  }

  #refill(): void {
    const { burst, refillMs } = this.#pace;
    const gained = Math.floor((this.#clock.now() - this.#creditAt) / refillMs);
    if (gained <= 0) return;
    this.#credit = Math.min(burst, this.#credit + gained);
    this.#creditAt = this.#credit === burst ? this.#clock.now() : this.#creditAt + gained * refillMs;
  }
}
