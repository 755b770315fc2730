/** One socket from opening to its end: time limits, pings, frames. Knows nothing of what the frames mean. */
import { Alarm } from '../base/alarm.js';
import type { Clock, HttpFailure, OpenSocket, Socket } from '../base/ports.js';
import { encodeFrame, parseFrame, type Frame, type Malformed } from './frames.js';
import { Pings } from './pings.js';

/** How a connection ended; `silent` = a time limit passed without an answer. */
export type ConnectionEnd =
  | { kind: 'refused'; status: number; wasOpen: false }
  | { kind: 'closed'; code: number; reason: string; cause?: HttpFailure | undefined; wasOpen: boolean }
  | { kind: 'silent'; wasOpen: boolean };

export interface ConnectionEvents {
  opened(): void;
  frame(frame: Frame): void;
  malformed(kind: Malformed): void;
  /** Comes once, and never after `close()`. */
  ended(end: ConnectionEnd): void;
}

/** For the handshake and the answer to the first token together. */
const answerMs = 10_000;
/** Wings never pings, and proxies cut what is silent for a minute (PROTOCOL 4.1). */
const pingEveryMs = 25_000;
const pongMs = 10_000;
const suspectPongMs = 5000;
/** For a while after a person's message the wire is looked at often: what becomes of it must be seen. */
const watchfulMs = 20_000;
const watchfulEveryMs = 4000;

export class Connection {
  readonly url: string;
  readonly #events: ConnectionEvents;
  readonly #socket: Socket;
  readonly #answer: Alarm;
  readonly #nextPing: Alarm;
  readonly #pings: Pings;
  readonly #clock: Clock;
  #watchfulUntil = -Infinity;
  #isOpen = false;
  #isOver = false;
  #isPaused = false;

  constructor(deps: {
    url: string;
    origin: string;
    clock: Clock;
    openSocket: OpenSocket;
    events: ConnectionEvents;
  }) {
    this.url = deps.url;
    this.#answer = new Alarm(deps.clock);
    this.#nextPing = new Alarm(deps.clock);
    this.#clock = deps.clock;
    this.#pings = new Pings({
      clock: deps.clock,
      send: (mark) => this.#socket.ping(mark),
      silent: () => this.#end({ kind: 'silent', wasOpen: this.#isOpen }),
    });
    this.#events = deps.events;
    this.#answer.set(answerMs, () => this.#end({ kind: 'silent', wasOpen: this.#isOpen }));
    this.#socket = deps.openSocket(
      deps.url,
      { Origin: deps.origin },
      {
        open: () => {
          if (this.#isOver || this.#isOpen) return;
          this.#isOpen = true;
          this.#events.opened();
        },
        message: (text) => this.#message(text),
        pong: (mark) => this.#pings.answered(mark),
        refused: (status) => this.#end({ kind: 'refused', status, wasOpen: false }),
        closed: (code, reason, cause) =>
          this.#end({ kind: 'closed', code, reason, cause, wasOpen: this.#isOpen }),
      },
    );
  }

  send(event: string, args?: readonly string[]): void {
    if (this.#isOpen && !this.#isOver) this.#socket.send(encodeFrame(event, args));
  }

  /**
   * Sends what a person waits for, and a ping with it: `read` is called once the node has read it. Where that does not
   * come, the connection is reset, so that it can't be carried out later.
   */
  deliver(event: string, args: readonly string[], read: () => void): void {
    if (!this.#isOpen || this.#isOver) return;
    this.send(event, args);
    this.#watchfulUntil = this.#clock.now() + watchfulMs;
    this.#ping(suspectPongMs, read);
  }

  /** The node has answered: the time limit is met, and pings begin. */
  confirm(): void {
    if (this.#isOver) return;
    this.#answer.clear();
    this.#pingLater();
  }

  /** Asks at once for a sign of life. */
  suspect(): void {
    if (this.#isOver || !this.#isOpen) return;
    this.#ping(suspectPongMs);
  }

  /** While paused no pong can be read, so none is waited for. */
  setPaused(paused: boolean): void {
    if (this.#isOver || paused === this.#isPaused) return;
    this.#isPaused = paused;
    this.#socket.setPaused(paused);
    this.#pings.setPaused(paused, pongMs);
    if (!paused) this.#ping(pongMs);
  }

  close(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#socket.close();
  }

  #message(text: string): void {
    if (this.#isOver) return;
    const parsed = parseFrame(text);
    if (parsed.ok) this.#events.frame(parsed.frame);
    else this.#events.malformed(parsed.malformed);
  }

  #pingLater(): void {
    const isWatchful = this.#clock.now() < this.#watchfulUntil;
    const [everyMs, limitMs] = isWatchful ? [watchfulEveryMs, suspectPongMs] : [pingEveryMs, pongMs];
    this.#nextPing.set(everyMs, () => this.#ping(limitMs));
  }

  #ping(limitMs: number, answered?: () => void): void {
    this.#pings.send(limitMs, answered);
    this.#pingLater();
  }

  #end(end: ConnectionEnd): void {
    if (this.#isOver) return;
    this.#finish();
    // A refused or closed socket is over by itself; a silent one is not, and would deliver late what it still holds.
    if (end.kind === 'silent') this.#socket.reset();
    this.#events.ended(end);
  }

  #finish(): void {
    this.#isOver = true;
    this.#answer.clear();
    this.#nextPing.clear();
    this.#pings.stop();
  }
}

/** Whether a panel's address is one that a socket can be opened to. */
export function isSocketAddress(address: string): boolean {
  return URL.canParse(address) && ['ws:', 'wss:'].includes(new URL(address).protocol);
}
