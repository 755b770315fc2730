/**
 * One live session of one server with its node: ticket, socket, authentication, renewal, reconnect (PROTOCOL 4).
 * What the frames say goes to `SessionEvents`; this file decides when there is a connection and when it is given up.
 */
import type { Link, PowerSignal } from '../../bridge/domain.js';
import { toProblem, type Problem } from '../../bridge/errors.js';
import { isGranted, powerPermission } from '../../bridge/permissions.js';
import type { SocketTicket } from '../panel/api.js';
import type { Clock, Log, OpenSocket, Random } from '../ports.js';
import type { LiveSession, SessionListener } from './api.js';
import { CommandQueue } from './command-queue.js';
import { Connection, type ConnectionEnd } from './connection.js';
import {
  badAddressFailure,
  badSignatureFailure,
  closeFailure,
  deletedFailure,
  foreignTokenFailure,
  handshakeFailure,
  movedFailure,
  noPermissionFailure,
  rejectedTokenFailure,
  silentFailure,
  ticketFailure,
  type Failure,
} from './failures.js';
import { encodeFrame, type Frame } from './frames.js';
import { gatedListener } from './gated-listener.js';
import { answersAuth, classifyJwtError } from './jwt-errors.js';
import { isUnexplained } from './notices.js';
import { Reconnect } from './reconnect.js';
import { Renewal } from './renewal.js';
import { ServerEvents } from './server-events.js';
import { holdTicket, type HeldToken } from './token.js';

export interface SessionParts {
  serverUuid: string;
  /** The panel's origin, as wings compares it: exactly as a string (PROTOCOL 4.1). */
  origin: string;
  /** Asks the panel; rejects with `PerchError`. */
  ticket: () => Promise<SocketTicket>;
  openSocket: OpenSocket;
  clock: Clock;
  random: Random;
  log: Log;
  listener: SessionListener;
}

/** Newer Wings closes the socket on a frame above 4,096 bytes (PROTOCOL 4.10). */
const longestCommandFrame = 4000;
/** A connection that lived so long was a good one: the pauses start over. */
const goodConnectionMs = 10_000;
/** A refusal comes at once, or after 20 to 30 s where the node cannot reach the panel (PROTOCOL 4.6). */
const signalAnswerMs = 40_000;

export class WingsSession implements LiveSession {
  readonly #parts: SessionParts;
  readonly #clock: Clock;
  readonly #listener: SessionListener;
  readonly #reconnect: Reconnect;
  readonly #renewal: Renewal;
  readonly #events: ServerEvents;
  readonly #commands: CommandQueue;

  #isRunning = false;
  #isPaused = false;
  /** Counts up whenever what is under way no longer matters. */
  #turn = 0;
  #held: HeldToken | null = null;
  #connection: Connection | null = null;
  /** The node accepts what is sent now. */
  #isAuthorized = false;
  /** When this connection was first authenticated; null before. */
  #liveSince: number | null = null;
  /** A token of another server was seen; a second one ends the attempts. */
  #sawForeignToken = false;
  /** The node did not know the server; a second time in a row is waited for in peace. */
  #wasUnknown = false;
  #lastSignal: { signal: PowerSignal; at: number } | null = null;
  #cancelRenewAt: () => void = () => undefined;
  #link: Link | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#listener = gatedListener(parts.listener, () => this.#isRunning);
    this.#reconnect = new Reconnect(parts.clock, parts.random);
    this.#renewal = new Renewal({
      clock: parts.clock,
      random: parts.random,
      fetch: async () => holdTicket(await parts.ticket(), parts.clock.now()),
      send: (token) => this.#authenticate(token),
      failed: (failure, retryAt) => this.#renewalFailed(failure, retryAt),
    });
    this.#commands = new CommandQueue(parts.clock, (command) => {
      if (!this.#mayAct('control.console')) return false;
      this.#connection?.send('send command', [command]);
      return true;
    });
    this.#events = new ServerEvents({
      clock: parts.clock,
      log: parts.log,
      listener: this.#listener,
      processLine: (text) => this.#commands.sawOutput(text),
    });
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#sawForeignToken = false;
    this.#reconnect.startOver();
    this.#events.reset();
    this.#setLink({ kind: 'connecting' });
    void this.#connect();
  }

  stop(): void {
    this.#isRunning = false;
    this.#link = null;
    this.#events.reset();
    this.#dropConnection();
  }

  sendPower(signal: PowerSignal): boolean {
    if (!this.#mayAct(powerPermission(signal))) return false;
    this.#lastSignal = { signal, at: this.#clock.now() };
    this.#connection?.send('set state', [signal]);
    return true;
  }

  sendCommand(command: string): boolean {
    if (!this.#mayAct('control.console')) return false;
    const size = new TextEncoder().encode(encodeFrame('send command', [command])).length;
    return size < longestCommandFrame && this.#commands.push(command);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    if (this.#liveSince !== null) this.#connection?.setPaused(paused);
  }

  suspect(): void {
    if (this.#connection !== null) this.#connection.suspect();
    else this.#reconnect.hurry();
  }

  #mayAct(permission: string): boolean {
    const held = this.#held;
    if (this.#liveSince === null || !this.#isAuthorized || held === null) return false;
    return this.#clock.now() < held.expiresAt && isGranted(held.permissions, permission);
  }

  async #connect(): Promise<void> {
    const turn = ++this.#turn;
    let held = this.#held;
    if (held === null || this.#clock.now() >= held.reusableUntil) {
      try {
        held = holdTicket(await this.#parts.ticket(), this.#clock.now());
      } catch (error) {
        if (turn === this.#turn) this.#fail(ticketFailure(toProblem(error)));
        return;
      }
      if (turn !== this.#turn) return;
    }
    if (this.#isForeign(held)) this.#foreignToken();
    else if (!isSocketAddress(held.url)) this.#fail(badAddressFailure);
    else this.#open(held);
  }

  #open(held: HeldToken): void {
    this.#held = held;
    const connection = new Connection({
      url: held.url,
      origin: this.#parts.origin,
      clock: this.#clock,
      openSocket: this.#parts.openSocket,
      events: {
        opened: () => this.#renewal.offer(held),
        frame: (frame) => this.#frame(frame),
        malformed: (kind) => this.#events.malformed(kind),
        ended: (end) => this.#ended(end),
      },
    });
    this.#connection = connection;
  }

  /** Sends a token on the open socket, or opens another one where the panel now names another address (trap 35). */
  #authenticate(token: HeldToken): void {
    if (this.#isForeign(token)) this.#foreignToken();
    else if (token.url === this.#connection?.url) this.#connection.send('auth', [token.token]);
    else {
      this.#dropConnection();
      this.#held = token;
      const retryAt = this.#clock.now();
      this.#setLink({ kind: 'reconnecting', retryAt, problem: movedFailure.problem });
      if (this.#isRunning) void this.#connect();
    }
  }

  #frame({ event, args }: Frame): void {
    const text = args.join('');
    switch (event) {
      case 'auth success':
        return this.#authenticated();
      case 'jwt error':
        return this.#jwtError(text);
      case 'token expiring':
        return this.#renewal.request('ending');
      case 'token expired':
        return this.#tokenEnded('expired');
      case 'daemon error':
        return this.#daemonError(text);
      case 'deleted':
        return this.#deleted();
      case 'transfer status':
        return this.#transferred(text);
      default:
        // Proof that the token is one of this server (PROTOCOL trap 25).
        this.#sawForeignToken = false;
        this.#events.handle(event, text);
    }
  }

  #authenticated(): void {
    const held = this.#renewal.accepted();
    if (held === null || this.#connection === null) return;
    this.#held = held;
    this.#isAuthorized = true;
    this.#connection.confirm();
    this.#cancelRenewAt();
    this.#cancelRenewAt = this.#clock.after(held.renewAt - this.#clock.now(), () =>
      this.#renewal.request('ending'),
    );
    if (held.permissions !== null) this.#listener.permissions(held.permissions);
    this.#setLink({ kind: 'live' });
    if (this.#liveSince !== null || !this.#isRunning) return;
    this.#liveSince = this.#clock.now();
    this.#wasUnknown = false;
    this.#parts.log.info('wings.live', { server: this.#parts.serverUuid });
    this.#events.expectHistory();
    this.#connection.send('send logs');
    if (this.#isPaused) this.#connection.setPaused(true);
  }

  #jwtError(text: string): void {
    const kind = classifyJwtError(text);
    if (kind === 'no-permission') return this.#fail(noPermissionFailure);
    if (kind === 'wrong-server') return this.#foreignToken();
    const isFirst = this.#liveSince === null;
    // A token is on its way already: its own answer follows.
    if (kind === 'absent' && this.#renewal.isSent) return;
    const reason = kind === 'denied' ? 'denied' : 'expired';
    if (this.#renewal.isSent && (isFirst || answersAuth(text))) {
      // The token that was in force before stays in force (PROTOCOL 4.8); a first one is of no more use.
      if (isFirst) this.#answered();
      return this.#renewal.rejected(rejectedTokenFailure(kind), reason);
    }
    if (!answersAuth(text)) this.#tokenEnded(reason);
  }

  /** The token in force is void. Comes once per event, so it must be cheap and may change nothing the second time. */
  #tokenEnded(reason: 'expired' | 'denied'): void {
    if (this.#liveSince === null) return;
    this.#isAuthorized = false;
    this.#held = null;
    this.#renewal.request(reason);
  }

  #daemonError(text: string): void {
    const signal = this.#recentSignal();
    const isFirst = this.#liveSince === null;
    // A token with a bad signature is answered like this (PROTOCOL trap 27), and nothing else was sent.
    if (this.#renewal.isSent && (isFirst || (signal === null && isUnexplained(text)))) {
      if (isFirst) this.#answered();
      return this.#renewal.rejected(badSignatureFailure, 'denied');
    }
    this.#events.daemonError(text, signal);
  }

  /** The node answers, although with a refusal: the connection stays for the next token. */
  #answered(): void {
    this.#held = null;
    this.#connection?.confirm();
  }

  #transferred(status: string): void {
    const turn = this.#turn;
    this.#listener.serverChanged();
    const isOver = status === 'completed' || status === 'success';
    if (isOver && turn === this.#turn) this.#lose(movedFailure);
  }

  #deleted(): void {
    const turn = this.#turn;
    this.#listener.deleted();
    if (turn === this.#turn) this.#lose(deletedFailure);
  }

  /** Neither token nor address are of use any more. */
  #lose(failure: Failure): void {
    this.#held = null;
    this.#fail(failure);
  }

  #foreignToken(): void {
    const isFirst = !this.#sawForeignToken;
    this.#sawForeignToken = true;
    this.#lose(foreignTokenFailure(isFirst));
  }

  #renewalFailed(failure: Failure, retryAt: number | null): void {
    this.#parts.log.info('wings.renewal-failed', { code: failure.problem.code });
    // Never authenticated and no answer at all: another connection may do better.
    const isMute = this.#liveSince === null && failure === silentFailure;
    if (retryAt === null || isMute) return this.#fail(failure);
    const isInForce = this.#isAuthorized && this.#held !== null && this.#clock.now() < this.#held.expiresAt;
    if (!isInForce) this.#setLink({ kind: 'reconnecting', retryAt, problem: failure.problem });
  }

  #ended(end: ConnectionEnd): void {
    this.#parts.log.info('wings.ended', {
      server: this.#parts.serverUuid,
      how: end.kind,
      code: end.kind === 'closed' ? end.code : end.kind === 'refused' ? end.status : null,
    });
    if (end.kind === 'silent') return this.#fail(silentFailure);
    if (end.kind === 'refused') {
      const failure = handshakeFailure(end.status, this.#parts.origin);
      if (end.status !== 404) return this.#fail(failure);
      // The server may have moved: the address is asked for anew, at once the first time (PROTOCOL 4.9).
      const isFirst = !this.#wasUnknown;
      this.#wasUnknown = true;
      return this.#lose(isFirst ? { ...failure, retry: 'back-off' } : failure);
    }
    if (end.code === 1001 && end.reason === 'server deleted') return this.#deleted();
    return this.#fail(closeFailure(end.code, end.reason, end.wasOpen));
  }

  #fail({ problem, retry }: Failure): void {
    const now = this.#clock.now();
    if (this.#liveSince !== null && now - this.#liveSince >= goodConnectionMs) this.#reconnect.startOver();
    this.#dropConnection();
    if (retry === 'never') return this.#refuse(problem);
    const turn = this.#turn;
    const pause = this.#reconnect.pause(retry);
    this.#setLink({ kind: 'reconnecting', retryAt: now + pause, problem });
    // The listener may have stopped the session meanwhile.
    if (turn !== this.#turn || !this.#isRunning) return;
    this.#reconnect.schedule(retry, pause, () => void this.#connect());
  }

  /** Given up: only `start()` begins again. */
  #refuse(problem: Problem): void {
    this.#parts.log.info('wings.refused', { server: this.#parts.serverUuid, code: problem.code });
    const turn = this.#turn;
    this.#setLink({ kind: 'refused', problem });
    if (turn === this.#turn) this.#listener.serverChanged();
    if (turn !== this.#turn) return;
    this.#isRunning = false;
    this.#held = null;
  }

  #dropConnection(): void {
    this.#turn++;
    this.#reconnect.cancel();
    this.#cancelRenewAt();
    this.#renewal.cancel();
    this.#isAuthorized = false;
    this.#liveSince = null;
    this.#lastSignal = null;
    this.#connection?.close();
    this.#connection = null;
    const lost = this.#commands.clear();
    if (!this.#isRunning) return;
    this.#events.disconnected();
    if (lost > 0)
      this.#listener.notice(
        lost === 1
          ? 'A command was not sent: the live connection was lost.'
          : `${String(lost)} commands were not sent: the live connection was lost.`,
        'other',
      );
  }

  #isForeign(token: HeldToken): boolean {
    return (
      token.serverUuid !== null && token.serverUuid.toLowerCase() !== this.#parts.serverUuid.toLowerCase()
    );
  }

  #recentSignal(): PowerSignal | null {
    const last = this.#lastSignal;
    return last !== null && this.#clock.now() - last.at < signalAnswerMs ? last.signal : null;
  }

  #setLink(link: Link): void {
    if (link.kind === this.#link?.kind && (link.kind === 'live' || link.kind === 'connecting')) return;
    this.#link = link;
    this.#listener.link(link);
  }
}

function isSocketAddress(address: string): boolean {
  return URL.canParse(address) && ['ws:', 'wss:'].includes(new URL(address).protocol);
}
