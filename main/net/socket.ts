/** The `OpenSocket` port on the library `ws`. */
import type { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import WebSocket, { type RawData } from 'ws';
import type { HttpFailure, OpenSocket, Socket, SocketEvents, Trust } from '../base/network-ports.js';
import type { Dialed, Dialer } from './dialer.js';
import { failureOf } from './http-failures.js';
import { Wire } from './wire.js';

/**
 * Bytes. Wings sends at most 64 KiB of text per frame; JSON escapes make this up to six times as long (PROTOCOL 4.12).
 */
const maxPayload = 1_048_576;
/** Time in ms for the node to answer the close frame; then the socket is terminated. */
const closeMs = 2000;

/** Callback that hands a request its connection, or the error. */
type Connected = (error: Error | null, wire?: Duplex) => void;

/**
 * Opens websockets.
 * Offers no subprotocol, because Wings answers without one and the handshake would fail. Offers no compression: it
 * costs memory per socket and saves little on single lines. Never follows a redirect.
 * Events come asynchronously, never from inside this call. For a connection that never opened, `closed` carries the
 * system's error code (`ECONNREFUSED`, `ENOTFOUND`) as reason, and the cause.
 */
export function sockets(dialer: Dialer, trustOf: (host: string) => Trust): OpenSocket {
  return (url, headers, events) => {
    const { Origin: origin, ...others } = headers;
    const wire = new Wire();
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, {
        ...(origin === undefined ? {} : { origin }),
        headers: others,
        perMessageDeflate: false,
        followRedirects: false,
        maxPayload,
        createConnection: dialing(wire, () => {
          const address = new URL(url);
          return dialer.dial(address, trustOf(address.host));
        }),
      });
    } catch {
      queueMicrotask(() => events.closed(1006, 'ERR_INVALID_URL'));
      return closedSocket;
    }
    listen(socket, events);
    return portOf(socket, wire);
  };
}

/**
 * Adapts the dialer to `createConnection`. Node also accepts an asynchronous connection, but the types of `ws` only
 * know a function that returns a socket at once.
 */
function dialing(wire: Wire, dial: () => Promise<Dialed>): typeof connect {
  const createConnection = (_options: unknown, done: Connected): undefined => {
    dial().then(
      ({ socket, plain }) => {
        wire.plain = plain;
        done(null, socket);
      },
      (error: Error) => done(error),
    );
  };
  return createConnection as unknown as typeof connect;
}

function listen(socket: WebSocket, events: SocketEvents): void {
  let code = '';
  let failure: HttpFailure | undefined;
  let hasOpened = false;
  socket.on('open', () => {
    hasOpened = true;
    events.open();
  });
  socket.on('message', (data) => events.message(textOf(data)));
  socket.on('pong', (data) => events.pong(markOf(data)));
  // With this listener `ws` leaves the refused request to Perch. The body is never read.
  socket.on('unexpected-response', (_request, response) => {
    events.refused(response.statusCode ?? 0, response.headers);
    socket.terminate();
  });
  socket.on('error', (error: Error & { code?: unknown }) => {
    code = typeof error.code === 'string' ? error.code : '';
    failure = failureOf(error);
  });
  socket.on('close', (ending, reason) => {
    if (!hasOpened) return events.closed(ending, code, failure);
    const isFrameTooLarge = code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
    events.closed(isFrameTooLarge ? 1009 : ending, reason.toString('utf8'));
  });
}

function portOf(socket: WebSocket, wire: Wire): Socket {
  const isOpen = (): boolean => socket.readyState === WebSocket.OPEN;
  return {
    send: (text) => {
      if (isOpen()) socket.send(text);
    },
    ping: (mark) => {
      if (isOpen()) socket.ping(String(mark));
    },
    setPaused: (paused) => {
      if (paused) socket.pause();
      else socket.resume();
    },
    close: () => {
      if (socket.readyState === WebSocket.CLOSED) return;
      // A paused socket would not read the answer to the close frame.
      socket.resume();
      socket.close(1000);
      setTimeout(() => socket.terminate(), closeMs).unref();
    },
    reset: () => {
      wire.reset();
      socket.terminate();
    },
  };
}

/** An inert socket, for a URL that `ws` rejects. */
const closedSocket: Socket = {
  send: () => undefined,
  ping: () => undefined,
  setPaused: () => undefined,
  close: () => undefined,
  reset: () => undefined,
};

function markOf(data: Buffer): number {
  const mark = Number(data.toString('latin1'));
  return Number.isSafeInteger(mark) ? mark : 0;
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}
