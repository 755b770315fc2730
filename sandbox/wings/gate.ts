import { randomUUID } from 'node:crypto';
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SocketFaults } from './api.js';

/** Frame limit for nodes that have none; larger than any frame of a real client. */
const LARGEST_FRAME_BYTES = 16 * 1024 * 1024;
const SOCKET_PATH = /^\/api\/servers\/([^/?]+)\/ws(?:\?.*)?$/;

/** Decides which websockets are accepted. */
export interface GateKeeper {
  /** The only accepted Origin, compared as a string (PROTOCOL 4.1). */
  origin(): string;
  knows(uuid: string): boolean;
  /** Whether the server accepts no further websocket (PROTOCOL 4.10). */
  isFull(uuid: string): boolean;
  /** A longer frame closes its websocket with 1009; null = no limit. */
  readonly frameBytes: number | null;
  entered(uuid: string, socket: WebSocket): void;
  /** Whether the request is for another route than the websockets'. Answers it if so. */
  serves(request: IncomingMessage, response: ServerResponse): boolean;
}

/** HTTP server of the node on loopback: handshakes and refusals (PROTOCOL 4.1). */
export class Gate {
  readonly #http: HttpServer;
  readonly #sockets: WebSocketServer;
  readonly #faults: SocketFaults = { handshake: null, mute: false };
  /** The connections below the websockets. */
  readonly #wires = new Map<WebSocket, Duplex>();
  /** Handshakes that arrived while muted. */
  #held: (() => void)[] = [];

  constructor(private readonly keeper: GateKeeper) {
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: keeper.frameBytes ?? LARGEST_FRAME_BYTES,
      perMessageDeflate: false,
      // Does not accept an offered subprotocol.
      handleProtocols: () => false,
    });
    this.#sockets.on('wsClientError', (_error, socket) => this.#refuse(socket, 400, plain(400)));
    this.#http = createServer((request, response) => {
      if (keeper.serves(request, response)) return;
      const isKnown = this.#isKnown(request);
      const { headers, body } = isKnown ? plain(400) : missing();
      const status = isKnown ? 400 : 404;
      response.writeHead(status, { ...this.#common(), ...headers }).end(body);
    });
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Returns the port; rejects if it is taken. */
  open(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(port, '127.0.0.1', () => {
        this.#http.off('error', reject);
        resolve((this.#http.address() as AddressInfo).port);
      });
    });
  }

  disturb({ handshake = this.#faults.handshake, mute = this.#faults.mute }: Partial<SocketFaults>): void {
    const wasMute = this.#faults.mute;
    Object.assign(this.#faults, { handshake, mute });
    if (mute === wasMute) return;
    for (const [socket, wire] of this.#wires) setMute(socket, wire, mute);
    if (mute) return;
    const held = this.#held;
    this.#held = [];
    for (const handshake of held) handshake();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Handles a connection that breaks before the handshake is done.
    const ignore = () => undefined;
    socket.on('error', ignore);
    if (this.#faults.mute) {
      this.#held.push(() => this.#upgrade(request, socket, head));
      return;
    }
    const { handshake } = this.#faults;
    if (handshake !== null) return this.#refuse(socket, handshake, fromProxy(handshake));
    const uuid = uuidOf(request);
    if (uuid === null || !this.keeper.knows(uuid)) return this.#refuse(socket, 404, missing());
    if (this.keeper.isFull(uuid))
      return this.#refuse(socket, 400, json('Too many open websocket connections.'));
    if (request.headers.origin !== this.keeper.origin()) return this.#refuse(socket, 403, plain(403));
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      socket.off('error', ignore);
      this.#wires.set(client, socket);
      client.on('close', () => this.#wires.delete(client));
      this.keeper.entered(uuid, client);
    });
  }

  #isKnown(request: IncomingMessage): boolean {
    const uuid = uuidOf(request);
    return uuid !== null && this.keeper.knows(uuid);
  }

  #common(): Record<string, string> {
    return {
      'access-control-allow-credentials': 'true',
      'access-control-allow-origin': this.keeper.origin(),
    };
  }

  #refuse(socket: Duplex, status: number, { headers, body }: Refusal): void {
    const all = {
      ...this.#common(),
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}

/** While muted, the connection stays but carries no bytes. */
function setMute(socket: WebSocket, wire: Duplex, mute: boolean): void {
  if (mute) {
    socket.pause();
    wire.cork();
  } else {
    wire.uncork();
    socket.resume();
  }
}

interface Refusal {
  headers: Record<string, string>;
  body: string;
}

function uuidOf(request: IncomingMessage): string | null {
  return SOCKET_PATH.exec(request.url ?? '')?.[1] ?? null;
}

function missing(): Refusal {
  return json('The requested resource does not exist on this instance.');
}

function fromProxy(status: number): Refusal {
  return {
    headers: { server: 'nginx', 'content-type': 'text/html' },
    body: `<html><head><title>${status} ${STATUS_CODES[status] ?? ''}</title></head></html>`,
  };
}

function json(error: string): Refusal {
  return {
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': randomUUID() },
    body: JSON.stringify({ error }),
  };
}

/** The body of PROTOCOL 4.1: a word, then JSON, as text. */
function plain(status: 400 | 403): Refusal {
  const id = randomUUID();
  return {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'sec-websocket-version': '13',
      'x-content-type-options': 'nosniff',
      'x-request-id': id,
    },
    body: `${STATUS_CODES[status]}\n{"error":"An unexpected error was encountered while processing this request","request_id":"${id}"}`,
  };
}
