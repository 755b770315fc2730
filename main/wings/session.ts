/**
 * Live session of one server with its node: token, socket, authentication, renewal, reconnect (PROTOCOL 4).
 * `FrameEvents` handles the frames; this file decides when to connect and when to give up.
 */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { Access, type AccessDeps } from './access.js';
import type { LiveSession, SessionLink, TellSessionEvent } from './api.js';
import type { ConnectionEnd } from './connection.js';
import { Endings, type EndingsDeps } from './endings.js';
import { deletedFailure, movedFailure } from './failures.js';
import type { Failure } from './failure.js';
import { Outgoing } from './outgoing.js';
import { Reconnect } from './reconnect.js';
import { FrameEvents } from './server-events.js';
import { SessionConnection, type SessionConnectionDeps } from './session-connection.js';
import { StateCheck } from './state-check.js';
import type { HeldToken } from './token.js';

export interface SessionDeps
  extends
    EndingsDeps,
    Pick<AccessDeps, 'addresses' | 'random' | 'ticket'>,
    Pick<SessionConnectionDeps, 'allowsUnencrypted' | 'openSocket'> {
  tell: TellSessionEvent;
}

/** A connection that lasted this long (ms) resets the pauses. */
const goodConnectionMs = 10_000;

export class WingsSession implements LiveSession {
  readonly #reconnect: Reconnect;
  readonly #access: Access;
  readonly #events: FrameEvents;
  readonly #check: StateCheck;
  readonly #outgoing: Outgoing;
  readonly #endings: Endings;
  readonly #connection: SessionConnection;

  #isRunning = false;
  #isPaused = false;
  #link: SessionLink | null = null;

  /** Reports no events once the session is stopped. */
  readonly #tell: TellSessionEvent = (event) => {
    if (this.#isRunning) this.deps.tell(event);
  };

  constructor(private readonly deps: SessionDeps) {
    this.#reconnect = new Reconnect(deps.clock, deps.random);
    this.#access = new Access({
      ...deps,
      send: (token) => this.#authenticate(token),
      answered: () => this.#connection.confirm(),
      fail: (failure) => this.#fail(failure),
      voided: () => this.#tokenVoid(),
      waiting: ({ problem }, retryAt) => {
        this.#setLink({ kind: 'reconnecting', retryAt, problem });
        this.#outgoing.tokenAwaited(retryAt);
      },
    });
    this.#outgoing = new Outgoing({
      ...deps,
      tell: this.#tell,
      may: (permission) => this.#access.may(permission),
      send: (event, args, read) => this.#connection.deliver(event, args, read),
    });
    this.#events = new FrameEvents({
      ...deps,
      tell: this.#tell,
      access: this.#access,
      outgoing: this.#outgoing,
      authenticated: () => this.#authenticated(),
      transferred: (status) => this.#transferred(status),
      deleted: () => this.#deleted(),
    });
    this.#check = new StateCheck({
      clock: deps.clock,
      power: () => this.#events.power,
      isHeld: () => this.#isPaused,
      ask: () => {
        this.#connection.send('send stats');
        // A dead connection is as quiet as an invalid token, and would otherwise look live for up to 35 s.
        this.#connection.suspect();
      },
    });
    this.#endings = new Endings(deps, this.#access);
    this.#connection = new SessionConnection({
      ...deps,
      access: this.#access,
      frame: (frame) => {
        this.#check.heard(frame.event);
        this.#events.frame(frame);
      },
      malformed: (kind) => this.#events.malformed(kind),
      ended: (end) => this.#ended(end),
      fail: (failure) => this.#fail(failure),
    });
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#access.proven();
    this.#reconnect.startOver();
    this.#events.reset();
    this.#setLink({ kind: 'connecting' });
    void this.#connection.connect();
  }

  stop(): void {
    this.#isRunning = false;
    this.#link = null;
    this.#events.reset();
    this.#dropConnection();
  }

  sendPower(signal: PowerSignal): boolean {
    return this.#outgoing.power(signal);
  }

  sendCommand(command: string): boolean {
    return this.#outgoing.command(command);
  }

  isUnread(command: string): boolean {
    return this.#outgoing.isUnread(command);
  }

  setPaused(paused: boolean): void {
    this.#isPaused = paused;
    if (this.#access.liveSince !== null) this.#connection.setPaused(paused);
  }

  suspect(): void {
    if (this.#connection.isThere) this.#connection.suspect();
    else this.#reconnect.hurry();
  }

  hurry(): void {
    if (!this.#connection.isThere) return this.#reconnect.now();
    this.#connection.suspect();
    this.#access.hurry();
  }

  /** Sends a token on the open socket, or opens a new connection if the panel names another address (trap 35). */
  #authenticate(token: HeldToken): void {
    if (token.url === this.#connection.url) return this.#connection.send('auth', [token.token]);
    this.#dropConnection();
    this.#access.hold(token);
    this.#setLink({ kind: 'reconnecting', retryAt: this.deps.clock.now(), problem: movedFailure.problem });
    if (this.#isRunning) void this.#connection.connect();
  }

  #authenticated(): void {
    const held = this.#access.accepted();
    if (held === null) return;
    this.#connection.confirm();
    const wasLive = this.#link?.kind === 'live';
    if (held.permissions !== null) this.#tell({ kind: 'permissions', permissions: held.permissions });
    this.#setLink({ kind: 'live' });
    if (!this.#isRunning) return;
    if (!this.#access.goLive()) return this.#renewed(wasLive);
    this.#check.start();
    this.#endings.known();
    this.deps.log.info('wings.live', { server: this.deps.serverUuid });
    this.#events.expectHistory();
    this.#connection.send('send logs');
    if (this.#isPaused) this.#connection.setPaused(true);
  }

  #renewed(wasLive: boolean): void {
    // First, because a signal of the user may wait for this token.
    this.#outgoing.renewed();
    if (wasLive) return;
    // Listeners may have discarded the last state while the link was not live, so state and usage are requested again.
    this.#events.missing();
    this.#connection.send('send stats');
  }

  /** The node sends no events, now or later (PROTOCOL 4.7). With the next token the session requests the state. */
  #tokenVoid(): void {
    this.#events.missing();
    this.#setLink({ kind: 'reconnecting', retryAt: this.deps.clock.now(), problem: null });
  }

  #transferred(status: string): void {
    const { turn } = this.#connection;
    this.#tell({ kind: 'server-changed' });
    if (['completed', 'success'].includes(status) && turn === this.#connection.turn) this.#lose(movedFailure);
  }

  #deleted(): void {
    const { turn } = this.#connection;
    this.#tell({ kind: 'deleted' });
    if (turn === this.#connection.turn) this.#lose(deletedFailure);
  }

  /** Drops token and address, then fails. */
  #lose(failure: Failure): void {
    this.#access.forget();
    this.#fail(failure);
  }

  #ended(end: ConnectionEnd): void {
    const failure = this.#endings.failureOf(end);
    if (failure === 'deleted') this.#deleted();
    else this.#fail(failure);
  }

  #fail({ problem, retry }: Failure): void {
    const now = this.deps.clock.now();
    const { liveSince } = this.#access;
    if (liveSince !== null && now - liveSince >= goodConnectionMs) this.#reconnect.startOver();
    this.#dropConnection();
    if (retry === 'refused') return this.#refuse(problem);
    const { turn } = this.#connection;
    const pause = this.#reconnect.pause(retry);
    this.#setLink({ kind: 'reconnecting', retryAt: now + pause, problem });
    // The listener may have stopped the session meanwhile.
    if (turn !== this.#connection.turn || !this.#isRunning) return;
    this.#reconnect.schedule(retry, pause, () => void this.#connection.connect());
  }

  /** Gives up until the next `start()`. */
  #refuse(problem: Problem): void {
    this.deps.log.info('wings.refused', { server: this.deps.serverUuid, code: problem.code });
    const { turn } = this.#connection;
    this.#setLink({ kind: 'refused', problem });
    if (turn === this.#connection.turn) this.#tell({ kind: 'server-changed' });
    if (turn === this.#connection.turn) this.#isRunning = false;
  }

  #dropConnection(): void {
    this.#connection.invalidate();
    this.#reconnect.cancel();
    this.#access.disconnected();
    this.#check.stop();
    this.#connection.close();
    if (this.#isRunning) this.#events.disconnected();
    this.#outgoing.disconnected();
  }

  #setLink(link: SessionLink): void {
    if (link.kind === this.#link?.kind && (link.kind === 'live' || link.kind === 'connecting')) return;
    this.#link = link;
    this.#tell({ kind: 'link', link });
  }
}
