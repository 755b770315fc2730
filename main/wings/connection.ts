/** One websocket from opening to end: time limits, pings, frames. Does not interpret frames. */
import { Alarm } from '../base/alarm.js';
import type {
  HandshakeHeaders,
  HttpFailure,
  OpenSocket,
  Socket,
  SocketEvents,
} from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';
import { encodeFrame, parseFrame, type Frame, type Malformed } from './frames.js';
import { Pings } from './pings.js';
import { refuserOf, type Refuser } from './refuser.js';

/** How a connection ended; `silent` = a time limit passed without an answer. */
export type ConnectionEnd =
  | { kind: 'refused'; status: number; by: Refuser; wasOpen: false }
  | { kind: 'closed'; code: number; reason: string; cause?: HttpFailure | undefined; wasOpen: boolean }
  | { kind: 'silent'; wasOpen: boolean };

export interface ConnectionEvents {
  opened(): void;
  frame(frame: Frame): void;
  malformed(kind: Malformed): void;
  /** Comes once, and never after `close()`. */
  ended(end: ConnectionEnd): void;
}

export interface ConnectionDeps {
  readonly url: string;
  readonly origin: string;
  readonly clock: Clock;
  readonly openSocket: OpenSocket;
  readonly events: ConnectionEvents;
}

/** Time limit in ms for the handshake and the answer to the first token together. */
const answerMs = 10_000;
/** Wings never pings, and proxies close connections that are silent for a minute (PROTOCOL 4.1). */
const pingEveryMs = 25_000;
const pongMs = 10_000;
const suspectPongMs = 5000;
/** After a message of the user, pings are frequent for this time (ms), to notice a dead connection early. */
const watchfulMs = 20_000;
const watchfulEveryMs = 4000;

export class Connection implements SocketEvents {
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

  constructor(deps: ConnectionDeps) {
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
    this.#socket = deps.openSocket(deps.url, { Origin: deps.origin }, this);
  }

  // From the socket

  open(): void {
    if (this.#isOver || this.#isOpen) return;
    this.#isOpen = true;
    this.#events.opened();
  }

  message(text: string): void {
    if (this.#isOver) return;
    const parsed = parseFrame(text);
    if (parsed.ok) this.#events.frame(parsed.frame);
    else this.#events.malformed(parsed.malformed);
  }

  pong(mark: number): void {
    this.#pings.answered(mark);
  }

  refused(status: number, headers: HandshakeHeaders): void {
    this.#end({ kind: 'refused', status, by: refuserOf(status, headers), wasOpen: false });
  }

  closed(code: number, reason: string, cause?: HttpFailure): void {
    this.#end({ kind: 'closed', code, reason, cause, wasOpen: this.#isOpen });
  }

  // From the session

  send(event: string, args?: readonly string[]): void {
    if (this.#isOpen && !this.#isOver) this.#socket.send(encodeFrame(event, args));
  }

  /**
   * Sends a message of the user, followed by a ping: `read` is called once the node has read the message.
   * Without a pong the connection is reset, so that the message can't be carried out later.
   */
  deliver(event: string, args: readonly string[], read: () => void): void {
    if (!this.#isOpen || this.#isOver) return;
    this.send(event, args);
    this.#watchfulUntil = this.#clock.now() + watchfulMs;
    this.#ping(suspectPongMs, read);
  }

  /** The node answered: stops the answer time limit and starts the pings. */
  confirm(): void {
    if (this.#isOver) return;
    this.#answer.clear();
    this.#pingLater();
  }

  /** Sends a ping now, to check whether the connection is alive. */
  suspect(): void {
    if (this.#isOver || !this.#isOpen) return;
    this.#ping(suspectPongMs);
  }

  /** A paused socket reads no pongs, so pings have no time limit meanwhile. */
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
    // A refused or closed socket has ended already. A silent socket must be reset, or the system may deliver its queued
    // data late.
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
