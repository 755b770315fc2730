import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { parseFrame, type Inbound, type Outbound } from './frames.js';
import { Outbox } from './outbox.js';
import { PowerBusy } from './power.js';
import type { Server } from './server.js';
import { tickEvent, type TokenClock } from './token-clock.js';
import { allows, TokenRefused, type Claims, type TokenRules } from './token.js';
import { askedStats } from './usage.js';

const GENERIC = 'an unexpected error was encountered while handling this request';

/** Which permission an action needs; any other word needs none, and is refused for everybody (PROTOCOL 4.4). */
const ACTION_PERMISSION: Readonly<Record<string, string>> = {
  start: 'control.start',
  stop: 'control.stop',
  kill: 'control.stop',
  restart: 'control.restart',
};

/** Events that need more than `websocket.connect` (PROTOCOL 4.5). */
const EVENT_PERMISSION: Partial<Record<Outbound['event'], string>> = {
  'install output': 'admin.websocket.install',
};

/** One client's socket to one server, from the handshake to the close. */
export class Session {
  readonly #socket: WebSocket;
  readonly #server: Server;
  readonly #rules: TokenRules;
  readonly #clock: TokenClock;
  readonly #now: () => number;
  readonly #outbox: Outbox;
  #claims: Claims | null = null;
  #unlisten: (() => void) | null = null;
  #ticker: NodeJS.Timeout | null = null;

  constructor(socket: WebSocket, server: Server, rules: TokenRules, clock: TokenClock, now: () => number) {
    this.#socket = socket;
    this.#server = server;
    this.#rules = rules;
    this.#clock = clock;
    this.#now = now;
    this.#outbox = new Outbox(socket);
    // Wings 1.11 reads a binary frame like a text frame; messages are handled side by side, without an order.
    socket.on('message', (data) => void this.#receive(String(data)));
    socket.on('close', () => this.#end());
    // A broken connection is followed by its close.
    socket.on('error', () => undefined);
  }

  /** The server was removed from the node. Sockets that never authenticated are closed too. */
  deleted(): void {
    if (this.#claims !== null) this.#send({ event: 'deleted', args: ['null'] });
    this.#socket.close(1001, 'server deleted');
  }

  /** The node went away: no close frame (1006 for the client). */
  cut(): void {
    this.#socket.terminate();
  }

  #end(): void {
    this.#unlisten?.();
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#ticker = null;
  }

  async #receive(text: string): Promise<void> {
    const message = parseFrame(text);
    if (message === null) return;
    try {
      if (message.event === 'auth') return await this.#authenticate(message.text);
      const problem = this.#rules.problemOf(this.#claims, this.#server.uuid);
      if (problem !== null) return this.#outbox.send({ event: 'jwt error', args: [problem] });
      await this.#obey(message);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #authenticate(token: string): Promise<void> {
    const claims = await this.#rules.open(token);
    const isFirst = this.#claims === null;
    this.#claims = claims;
    this.#outbox.send({ event: 'auth success' });
    // A renewal yields nothing else (PROTOCOL 4.6).
    if (!isFirst || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#unlisten = this.#server.listen((message) => this.#send(message));
    this.#ticker = setInterval(() => this.#tick(), this.#clock.tickMs);
    this.#send({ event: 'status', args: [this.#server.state] });
    if (this.#server.state === 'offline' && !this.#server.isInstalling) this.#sendStats();
  }

  async #obey({ event, text }: Inbound): Promise<void> {
    switch (event) {
      case 'set state': {
        const permission = ACTION_PERMISSION[text];
        if (permission !== undefined && !this.#may(permission)) return;
        return await this.#server.power(text);
      }
      case 'send command':
        if (this.#may('control.console')) this.#server.command(text);
        return;
      case 'send logs':
        for (const line of this.#server.history()) this.#send({ event: 'console output', args: [line] });
        return;
      case 'send stats':
        return this.#sendStats();
      default:
        return;
    }
  }

  #may(permission: string): boolean {
    return this.#claims !== null && allows(this.#claims, permission);
  }

  #tick(): void {
    if (this.#claims?.exp === undefined) return;
    const event = tickEvent(this.#claims.exp, this.#now(), this.#clock.warnSeconds);
    if (event !== null) this.#send({ event });
  }

  #sendStats(): void {
    this.#send({ event: 'stats', args: [askedStats(this.#server.usage())] });
  }

  /** Once the held token is no longer good, every message turns into the reason why (PROTOCOL 4.7). */
  #send(message: Outbound): void {
    const problem = this.#rules.problemOf(this.#claims, this.#server.uuid);
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
