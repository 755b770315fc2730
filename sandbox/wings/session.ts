import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { SocketActivity, WingsDialect } from './api.js';
import { parseFrame, type Inbound, type Outbound } from './frames.js';
import { Outbox } from './outbox.js';
import { PowerBusy } from './power.js';
import type { Server } from './server.js';
import { Throttle, type Verdict } from './throttle.js';
import { tickEvent, type TokenClock } from './token-clock.js';
import { allows, TokenRefused, type Claims, type TokenRules } from './token.js';
import { askedStats } from './usage.js';

const GENERIC = 'an unexpected error was encountered while handling this request';

/** Permission for each action. Other actions need none, and are refused for everybody (PROTOCOL 4.4). */
const ACTION_PERMISSION: Readonly<Record<string, string>> = {
  start: 'control.start',
  stop: 'control.stop',
  kill: 'control.stop',
  restart: 'control.restart',
};

/** Events that need more than `websocket.connect` (PROTOCOL 4.5). */
const EVENT_PERMISSION: Partial<Record<Outbound['event'], string>> = {
  'install output': 'admin.websocket.install',
  'backup completed': 'backup.read',
};

export interface SessionDeps {
  server: Server;
  dialect: WingsDialect;
  rules: TokenRules;
  clock: TokenClock;
  authMs: number;
  isSuspended: () => boolean;
  /** false = too many authenticated websockets. */
  mayJoin: () => boolean;
  now: () => number;
  /** Activity that the panel lists. */
  acted: (activity: SocketActivity) => void;
}

/** Websocket of one client to one server, from the handshake to the close. */
export class Session {
  readonly #outbox: Outbox;
  readonly #throttle: Throttle;
  #claims: Claims | null = null;
  #unlisten: (() => void) | null = null;
  #ticker: NodeJS.Timeout | null = null;
  #deadline: NodeJS.Timeout | null = null;

  constructor(
    private readonly socket: WebSocket,
    private readonly deps: SessionDeps,
  ) {
    this.#outbox = new Outbox(socket);
    this.#throttle = new Throttle(deps.dialect.limits, deps.now);
    if (deps.dialect.dropsUnauthenticated) this.#deadline = setTimeout(() => this.cut(), deps.authMs);
    // Messages are handled concurrently, in no order.
    socket.on('message', (data, isBinary) => void this.#receive(String(data), isBinary));
    socket.on('close', () => this.#end());
    // An error is always followed by a close.
    socket.on('error', () => undefined);
  }

  /** User of the websocket; null before the first authentication. */
  get userUuid(): string | null {
    return this.#claims?.user_uuid ?? null;
  }

  /** The server was removed from the node. Websockets that never authenticated are closed too. */
  deleted(): void {
    if (this.#claims !== null) this.#send({ event: 'deleted', args: ['null'] });
    if (this.deps.dialect.deletionClose === 'cut') this.cut();
    else this.socket.close(1001, 'server deleted');
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** Closes without a close frame (1006 for the client). */
  cut(): void {
    this.socket.terminate();
  }

  #end(): void {
    this.#unlisten?.();
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#ticker = null;
    this.#authenticatedInTime();
  }

  #authenticatedInTime(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#deadline = null;
  }

  async #receive(text: string, isBinary: boolean): Promise<void> {
    const { dialect, isSuspended } = this.deps;
    if (!this.#passes(this.#throttle.frame(), 'global')) return;
    if (isBinary && !dialect.readsBinary) return;
    const message = parseFrame(text);
    if (message === null) return;
    if (dialect.suspensionEndsSockets && isSuspended()) return this.cut();
    if (!this.#passes(this.#throttle.event(message.event), message.event)) return;
    try {
      await this.#handle(message);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  #passes(verdict: Verdict, what: string): boolean {
    if (verdict === 'notice') this.#outbox.send({ event: 'throttled', args: [what] });
    return verdict === 'pass';
  }

  async #handle(message: Inbound): Promise<void> {
    if (message.event === 'auth') return this.#authenticate(message.text);
    const problem = this.deps.rules.problemOf(this.#claims, this.deps.server.uuid);
    if (problem !== null) return this.#outbox.send({ event: 'jwt error', args: [problem] });
    await this.#obey(message);
  }

  async #authenticate(token: string): Promise<void> {
    const { server, rules, clock, mayJoin } = this.deps;
    const claims = await rules.open(token, server.uuid);
    const isFirst = this.#claims === null;
    if (isFirst && !mayJoin()) {
      this.#fail(new Error('too many open websocket connections'));
      return this.cut();
    }
    this.#claims = claims;
    this.#authenticatedInTime();
    this.#outbox.send({ event: 'auth success' });
    // A renewed token brings no further events (PROTOCOL 4.6).
    if (!isFirst || this.socket.readyState !== this.socket.OPEN) return;
    this.#unlisten = server.listen((message) => this.#send(message));
    this.#ticker = setInterval(() => this.#tick(), clock.tickMs);
    this.#send({ event: 'status', args: [server.state] });
    if (server.state === 'offline' && !server.isInstalling) this.#sendStats();
  }

  async #obey({ event, text }: Inbound): Promise<void> {
    const { server } = this.deps;
    switch (event) {
      case 'set state': {
        const permission = ACTION_PERMISSION[text];
        if (permission !== undefined && !this.#may(permission)) return;
        await server.power(text, this.userUuid ?? undefined);
        // Reached for valid actions only; others were refused.
        return this.#acted(`power.${text}`, {});
      }
      case 'send command':
        if (this.#may('control.console') && server.command(text, this.userUuid ?? undefined)) {
          this.#acted('console.command', { command: text });
        }
        return;
      case 'send logs':
        for (const line of server.history()) this.#send({ event: 'console output', args: [line] });
        return;
      case 'send stats':
        return this.#sendStats();
      default:
        return;
    }
  }

  #acted(event: string, properties: Record<string, string>): void {
    const { server, acted } = this.deps;
    const userUuid = this.userUuid;
    if (userUuid !== null) acted({ serverUuid: server.uuid, userUuid, event, properties });
  }

  #may(permission: string): boolean {
    return this.#claims !== null && allows(this.#claims, permission);
  }

  #tick(): void {
    if (this.#claims?.exp === undefined) return;
    const event = tickEvent(this.#claims.exp, this.deps.now(), this.deps.clock.warnSeconds);
    if (event !== null) this.#send({ event });
  }

  #sendStats(): void {
    this.#send({ event: 'stats', args: [askedStats(this.deps.server.usage())] });
  }

  /** While the held token is invalid, every message is replaced by the reason (PROTOCOL 4.7). */
  #send(message: Outbound): void {
    const problem = this.deps.rules.problemOf(this.#claims, this.deps.server.uuid);
    if (problem !== null) return this.#outbox.send({ event: 'jwt error', args: [problem] });
    const permission = EVENT_PERMISSION[message.event];
    if (permission !== undefined && !this.#may(permission)) return;
    this.#outbox.send(message);
  }

  #fail(cause: unknown): void {
    const refused = cause instanceof TokenRefused;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const isOpen = refused || cause instanceof PowerBusy || this.#may('admin.websocket.errors');
    this.#outbox.send({
      event: refused ? 'jwt error' : 'daemon error',
      args: [`Error Event [${randomUUID()}]: ${isOpen ? reason : GENERIC}`],
    });
  }
}
