/**
 * The socket of a session: obtains a token, refuses an unsafe address, and opens one connection at a time. `turn` tells
 * whether an attempt is still current, because a token may come after the session has moved on.
 */
import { toProblem } from '../../bridge/errors.js';
import type { Access } from './access.js';
import { Connection, type ConnectionDeps, type ConnectionEvents } from './connection.js';
import type { Failure } from './failure.js';
import { addressFailure, ticketFailure } from './failures.js';
import type { HeldToken } from './token.js';

export interface SessionConnectionDeps
  extends Omit<ConnectionDeps, 'url' | 'events'>, Pick<ConnectionEvents, 'frame' | 'malformed' | 'ended'> {
  /** Whether the user allowed this panel's tokens to go to a node unencrypted. Missing = not allowed. */
  readonly allowsUnencrypted?: () => boolean;
  readonly access: Pick<Access, 'obtain' | 'hold' | 'opened'>;
  /** No connection was opened. */
  readonly fail: (failure: Failure) => void;
}

export class SessionConnection {
  #turn = 0;
  #connection: Connection | null = null;

  constructor(private readonly deps: SessionConnectionDeps) {}

  /** Changes when running attempts are no longer wanted. */
  get turn(): number {
    return this.#turn;
  }

  get isThere(): boolean {
    return this.#connection !== null;
  }

  /** Address of the open socket. */
  get url(): string | undefined {
    return this.#connection?.url;
  }

  async connect(): Promise<void> {
    const turn = ++this.#turn;
    const { access, allowsUnencrypted, fail, origin } = this.deps;
    let held: HeldToken;
    try {
      held = await access.obtain();
    } catch (error) {
      if (turn === this.#turn) fail(ticketFailure(toProblem(error)));
      return;
    }
    if (turn !== this.#turn) return;
    const unsafe = addressFailure(held.url, origin, allowsUnencrypted?.() === true);
    if (unsafe !== null) fail(unsafe);
    else if (access.hold(held)) this.#open(held);
  }

  invalidate(): void {
    this.#turn++;
  }

  close(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  send(...message: Parameters<Connection['send']>): void {
    this.#connection?.send(...message);
  }

  deliver(...message: Parameters<Connection['deliver']>): ReturnType<Connection['deliver']> | undefined {
    return this.#connection?.deliver(...message);
  }

  confirm(): void {
    this.#connection?.confirm();
  }

  suspect(): void {
    this.#connection?.suspect();
  }

  setPaused(paused: boolean): void {
    this.#connection?.setPaused(paused);
  }

  #open(held: HeldToken): void {
    const { access, frame, malformed, ended } = this.deps;
    this.#connection = new Connection({
      ...this.deps,
      url: held.url,
      events: { opened: () => access.opened(held), frame, malformed, ended },
    });
  }
}
