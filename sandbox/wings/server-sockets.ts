import type { WebSocket } from 'ws';
import type { SocketActivity, WingsDialect } from './api.js';
import type { Server } from './server.js';
import { Session } from './session.js';
import type { TokenClock } from './token-clock.js';
import type { TokenRules } from './token.js';

export interface ServerSocketsDeps {
  server: Server;
  dialect: WingsDialect;
  rules: TokenRules;
  clock: TokenClock;
  /** Time limit for authentication, in dialects that have one. */
  authMs: number;
  /** Whether the panel says that the server is suspended. */
  isSuspended: () => boolean;
  now: () => number;
  acted: (activity: SocketActivity) => void;
}

/** All websockets of one server: admission and closing (PROTOCOL 4.9, 4.10). */
export class ServerSockets {
  readonly #sessions = new Set<Session>();

  constructor(private readonly deps: ServerSocketsDeps) {}

  /** Checked before a handshake is accepted. */
  get isFull(): boolean {
    const { limits } = this.deps.dialect;
    if (limits === null) return false;
    const counted = limits.countsUnauthenticated ? this.#sessions.size : this.#authenticated();
    return counted >= limits.socketsPerServer;
  }

  enter(socket: WebSocket): void {
    const { dialect, isSuspended } = this.deps;
    // A browser learns nothing from a refused handshake, so newer nodes accept it and close at once.
    if (dialect.suspensionEndsSockets && isSuspended()) {
      socket.on('error', () => undefined);
      return socket.close(4409, 'server is suspended');
    }
    const session = new Session(socket, { ...this.deps, mayJoin: () => this.#mayJoin() });
    this.#sessions.add(session);
    socket.on('close', () => this.#sessions.delete(session));
  }

  suspended(): void {
    if (this.deps.dialect.suspensionEndsSockets) this.cut();
  }

  revoked(userUuid: string): void {
    const { revocationEnds } = this.deps.dialect;
    if (revocationEnds === 'everybody') this.cut();
    if (revocationEnds !== 'user') return;
    for (const session of this.#sessions) if (session.userUuid === userUuid) session.cut();
  }

  /** The server was removed from the node. */
  deleted(): void {
    for (const session of this.#sessions) session.deleted();
  }

  /** Closes all with this code; 1006 is the code that a client sees without a close frame. */
  close(code: number, reason: string): void {
    if (code === 1006) return this.cut();
    for (const session of this.#sessions) session.close(code, reason);
  }

  /** Closes all without a close frame. */
  cut(): void {
    for (const session of this.#sessions) session.cut();
  }

  /** Checked again at authentication, because other websockets may have authenticated meanwhile. */
  #mayJoin(): boolean {
    const { limits } = this.deps.dialect;
    return limits === null || limits.countsUnauthenticated || this.#authenticated() < limits.socketsPerServer;
  }

  #authenticated(): number {
    return [...this.#sessions].filter((session) => session.userUuid !== null).length;
  }
}
