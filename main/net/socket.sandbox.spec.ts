/** The real adapter with a real websocket server on loopback. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket as TcpSocket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aNetwork } from '../../tests/support/direct-network.js';
import { trusting } from '../../tests/support/trusting.js';
import { WebSocketServer, type WebSocket } from 'ws';
import type { HandshakeHeaders, Socket, SocketEvents } from '../base/network-ports.js';

/** All events of a socket in order, and a way to wait for them. */
class Heard implements SocketEvents {
  readonly events: string[] = [];
  readonly messages: string[] = [];
  headers: HandshakeHeaders = {};
  #waiting: { test: (event: string) => boolean; resolve: (event: string) => void }[] = [];

  open(): void {
    this.#tell('open');
  }
  message(text: string): void {
    this.messages.push(text);
    this.#tell('message');
  }
  pong(): void {
    this.#tell('pong');
  }
  refused(status: number, headers: HandshakeHeaders): void {
    this.headers = headers;
    this.#tell(`refused ${String(status)}`);
  }
  closed(code: number, reason: string): void {
    this.#tell(`closed ${String(code)} ${reason}`.trim());
  }

  async until(test: (event: string) => boolean): Promise<string> {
    const already = this.events.find(test);
    if (already !== undefined) return already;
    return new Promise((resolve) => this.#waiting.push({ test, resolve }));
  }

  #tell(event: string): void {
    this.events.push(event);
    this.#waiting = this.#waiting.filter(({ test, resolve }) => {
      if (!test(event)) return true;
      resolve(event);
      return false;
    });
  }
}

const openSocket = aNetwork().sockets(() => trusting());
const isClosed = (event: string): boolean => event.startsWith('closed');
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let http: Server;
let wss: WebSocketServer;
let url: string;
let requests: IncomingMessage[];
/** Server's reaction to a new connection. */
let greet: (socket: WebSocket) => void;

beforeEach(async () => {
  requests = [];
  greet = () => undefined;
  http = createServer((_request, response) => response.writeHead(426).end());
  wss = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  http.on('upgrade', (request, socket, head) => {
    requests.push(request);
    const refusals: Record<string, string> = {
      '/forbidden':
        'HTTP/1.1 403 Forbidden\r\nSec-WebSocket-Version: 13\r\nContent-Length: 9\r\n\r\nForbidden',
      '/moved': 'HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n',
    };
    const refusal = refusals[request.url ?? ''];
    if (refusal !== undefined) socket.end(refusal);
    else wss.handleUpgrade(request, socket, head, (client) => greet(client));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `ws://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  for (const client of wss.clients) client.terminate();
  http.closeAllConnections();
  await new Promise((resolve) => http.close(resolve));
});

function open(
  path = '/ws',
  headers: Record<string, string> = { Origin: 'https://panel.example.com' },
): {
  socket: Socket;
  heard: Heard;
} {
  const heard = new Heard();
  return { heard, socket: openSocket(`${url}${path}`, headers, heard) };
}

describe('openSocket', () => {
  it('opens with the origin as given, without subprotocol and compression', async () => {
    greet = (client) => client.on('message', (data) => client.send(`got ${(data as Buffer).toString()}`));
    const { socket, heard } = open();
    expect(heard.events).toEqual([]);
    await heard.until((event) => event === 'open');
    expect(requests[0]?.headers).toMatchObject({ origin: 'https://panel.example.com' });
    expect(requests[0]?.headers).toMatchObject({ 'user-agent': 'Perch/1.2.3' });
    expect(requests[0]?.headers).not.toHaveProperty('sec-websocket-protocol');
    expect(requests[0]?.headers).not.toHaveProperty('sec-websocket-extensions');
    expect(requests[0]?.headers).not.toHaveProperty('cookie');
    socket.send('héllo ✓');
    await heard.until((event) => event === 'message');
    expect(heard.messages).toEqual(['got héllo ✓']);
    socket.close();
    expect(await heard.until(isClosed)).toBe('closed 1000');
  });

  it('decodes binary frames as text', async () => {
    greet = (client) => client.send(Buffer.from('{"event":"✓"}'), { binary: true });
    const { heard } = open();
    await heard.until((event) => event === 'message');
    expect(heard.messages).toEqual(['{"event":"✓"}']);
  });

  it('reports status and headers of a refused handshake, then the close', async () => {
    const { heard } = open('/forbidden');
    await heard.until(isClosed);
    expect(heard.events).toEqual(['refused 403', 'closed 1006']);
    expect(heard.headers).toMatchObject({ 'sec-websocket-version': '13' });
  });

  it('does not follow a redirect', async () => {
    const { heard } = open('/moved');
    await heard.until(isClosed);
    expect(heard.events).toEqual(['refused 302', 'closed 1006']);
    expect(requests).toHaveLength(1);
  });

  it('names the cause without a listener', async () => {
    const free = createTcpServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const heard = new Heard();
    openSocket(`ws://127.0.0.1:${String(port)}`, {}, heard);
    expect(await heard.until(isClosed)).toBe('closed 1006 ECONNREFUSED');
  });

  it.each(['', 'not a url', 'https://', 'ws://x#fragment'])('survives the address %j', async (address) => {
    const heard = new Heard();
    const socket = openSocket(address, {}, heard);
    expect(heard.events).toEqual([]);
    expect(await heard.until(isClosed)).toBe('closed 1006 ERR_INVALID_URL');
    socket.send('x');
    socket.ping(1);
    socket.setPaused(true);
    socket.close();
  });

  it('receives the answer to a ping', async () => {
    const { socket, heard } = open();
    await heard.until((event) => event === 'open');
    socket.ping(1);
    await heard.until((event) => event === 'pong');
  });

  it('reports 1006 for a broken connection, and code and reason of a close frame', async () => {
    greet = (client) => client.terminate();
    const broken = open();
    expect(await broken.heard.until(isClosed)).toBe('closed 1006');
    greet = (client) => client.close(4409, 'server is suspended');
    const suspended = open();
    expect(await suspended.heard.until(isClosed)).toBe('closed 4409 server is suspended');
  });

  it('accepts the longest frame of Wings and refuses far longer frames', async () => {
    const longest = '\\u001b'.repeat(65_536);
    greet = (client) => client.send(longest);
    const big = open();
    await big.heard.until((event) => event === 'message');
    expect(big.heard.messages[0]).toHaveLength(longest.length);
    greet = (client) => client.send('x'.repeat(2_000_000));
    const huge = open();
    expect(await huge.heard.until(isClosed)).toMatch(/^closed 1009/);
    expect(huge.heard.messages).toEqual([]);
  });

  it('reads nothing while paused and all bytes after', async () => {
    let server: WebSocket | undefined;
    greet = (client) => (server = client);
    const { socket, heard } = open();
    await heard.until((event) => event === 'open');
    socket.setPaused(true);
    for (let count = 0; count < 100; count++) server?.send(`line ${String(count)}`);
    await pause(200);
    expect(heard.messages).toEqual([]);
    socket.setPaused(false);
    while (heard.messages.length < 100) await pause(10);
    expect(heard.messages[99]).toBe('line 99');
  });

  it('closes also while paused and before it is open', async () => {
    const paused = open();
    await paused.heard.until((event) => event === 'open');
    paused.socket.setPaused(true);
    paused.socket.close();
    expect(await paused.heard.until(isClosed)).toBe('closed 1000');
    const early = open();
    early.socket.close();
    await early.heard.until(isClosed);
    expect(early.heard.events).toHaveLength(1);
  });

  it('cuts off a node that does not answer the close frame', async () => {
    greet = (client) => {
      const { _socket: tcp } = client as unknown as { _socket: TcpSocket };
      tcp.pause();
    };
    const { socket, heard } = open();
    await heard.until((event) => event === 'open');
    const before = Date.now();
    socket.close();
    await heard.until(isClosed);
    expect(Date.now() - before).toBeLessThan(10_000);
  });
});
