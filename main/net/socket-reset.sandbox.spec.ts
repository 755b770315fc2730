/** The fate of an undelivered message at the end of a connection, over a connection that stops forwarding. */
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Socket as TcpSocket,
} from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { aNetwork } from '../../tests/support/direct-network.js';
import { selfSigned } from '../../tests/support/tls-front.js';
import { trusting } from '../../tests/support/trusting.js';
import type { Socket, SocketEvents, TrustedCertificate } from '../base/network-ports.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
let agreed: TrustedCertificate | null = null;
const openSocket = aNetwork().sockets(() => trusting(agreed));
const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
  agreed = null;
});

async function listening(server: {
  listen(port: number, host: string, done: () => void): unknown;
}): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}

/** Node that records received messages, behind a connection that can stop forwarding. */
async function aNodeBehindAWire(
  http: Server,
): Promise<{ port: number; heard: string[]; mute(on: boolean): void }> {
  const heard: string[] = [];
  const wss = new WebSocketServer({ server: http });
  wss.on('connection', (client) => {
    client.on('message', (data) => heard.push((data as Buffer).toString()));
    client.on('error', () => undefined);
  });
  await listening(http);
  const target = (http.address() as AddressInfo).port;
  const pairs: [TcpSocket, TcpSocket][] = [];
  const wire = createTcpServer((near) => {
    const far = connect(target, '127.0.0.1');
    pairs.push([near, far]);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await listening(wire);
  ends.push(() => {
    for (const [near] of pairs) near.destroy();
    for (const client of wss.clients) client.terminate();
    wire.close();
    http.close();
  });
  return {
    port: (wire.address() as AddressInfo).port,
    heard,
    mute: (on) => {
      for (const socket of pairs.flat())
        if (on) socket.pause();
        else socket.resume();
    },
  };
}

async function open(url: string): Promise<{ socket: Socket; closed: Promise<void>; marks: number[] }> {
  const marks: number[] = [];
  let closed: () => void = () => undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const socket = await new Promise<Socket>((resolve, reject) => {
    const events: SocketEvents = {
      open: () => resolve(opened),
      message: () => undefined,
      pong: (mark) => marks.push(mark),
      refused: (status) => reject(new Error(`refused with ${status}`)),
      closed: (code, reason) => {
        closed();
        reject(new Error(`closed with ${code} ${reason}`));
      },
    };
    const opened = openSocket(url, { Origin: 'https://panel.example.com' }, events);
  });
  return { socket, closed: isClosed, marks };
}

async function overTls(): Promise<Server> {
  const made = await selfSigned('localhost');
  agreed = { pem: made.cert, fingerprint: made.fingerprint };
  return createTlsServer(made);
}

describe.each([
  ['ws', () => createServer()],
  ['wss', overTls],
] as const)('over %s', (scheme, serve) => {
  it('data sent into a dead connection never arrives after a reset', async () => {
    const node = await aNodeBehindAWire(await serve());
    const { socket, closed } = await open(`${scheme}://127.0.0.1:${node.port}`);
    socket.send('before');
    await vi.waitFor(() => expect(node.heard).toEqual(['before']));
    node.mute(true);
    socket.send('stop');
    await pause(200);
    socket.reset();
    await closed;
    await pause(300);
    node.mute(false);
    await pause(500);
    expect(node.heard).toEqual(['before']);
  });

  it('data sent into a dead connection arrives late after an orderly close', async () => {
    const node = await aNodeBehindAWire(await serve());
    const { socket } = await open(`${scheme}://127.0.0.1:${node.port}`);
    node.mute(true);
    socket.send('stop');
    await pause(200);
    socket.close();
    await pause(300);
    node.mute(false);
    await vi.waitFor(() => expect(node.heard).toEqual(['stop']));
  });

  it('an answer to a ping has its mark', async () => {
    const node = await aNodeBehindAWire(await serve());
    const { socket, marks } = await open(`${scheme}://127.0.0.1:${node.port}`);
    socket.ping(7);
    socket.ping(8);
    await vi.waitFor(() => expect(marks).toEqual([7, 8]));
    socket.close();
  });

  it('a connection that is still opening can be reset', async () => {
    const node = await aNodeBehindAWire(await serve());
    const said: string[] = [];
    const socket = openSocket(
      `${scheme}://127.0.0.1:${node.port}`,
      {},
      {
        open: () => said.push('open'),
        message: () => said.push('message'),
        pong: () => said.push('pong'),
        refused: () => said.push('refused'),
        closed: (code) => said.push(`closed ${code}`),
      },
    );
    socket.reset();
    await vi.waitFor(() => expect(said).toEqual(['closed 1006']));
  });
});
